using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Events;

namespace Ndt.Cli.Notebooks.Directives;

/// <summary>Why a directive failed, in one line and without paths of this machine.</summary>
internal static partial class DirectiveFailure
{
    /// <summary>The line for a failed piece.</summary>
    public static string Describe(CellPart part, CommandFailed failed)
    {
        var message = failed.Message;
        var reason = NuGetError().Match(message) is { Success: true } found
            ? $"{found.Groups["code"].Value}: {found.Groups["text"].Value.Trim()}"
            : FirstLine(message);
        return part.Text.StartsWith("#r", StringComparison.Ordinal) ? $"package {part.Text["#r \"nuget:".Length..].TrimEnd('"')} cannot be restored: {reason}" : reason;
    }

    private static string FirstLine(string message) =>
        Position().Replace(message.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "it failed without a reason", "");

    [GeneratedRegex("""error (?<code>NU\d{4}):? (?<text>[^\r\n\[]*)""")]
    private static partial Regex NuGetError();

    [GeneratedRegex("""^\(\d+,\d+\): error (?:DNI\d+: )?""")]
    private static partial Regex Position();
}
