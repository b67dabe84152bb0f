using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Ndt.Tests;

/// <summary>The command on a terminal of a given width, by util-linux' <c>script</c>.</summary>
internal static partial class PseudoTerminal
{
    /// <summary>Runs the command, its standard output going to a file so that only progress and messages are on the terminal.</summary>
    /// <returns>Its exit code, and every line that the terminal was sent, without colours and cursor movements; what is rewritten in place counts as a line each time.</returns>
    public static (int Code, string[] Lines, int LineEnds) Run(int columns, string folder, params ReadOnlySpan<string> arguments)
    {
        var words = string.Join(' ', arguments.ToArray().Select(word => $"'{word}'"));
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols {columns} rows 24; dotnet '{Path.Combine(AppContext.BaseDirectory, "ndt.dll")}' {words} > '{Path.Combine(folder, "stdout")}'", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = RepositoryPaths.Root,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("COLUMNS");
        using var process = Process.Start(start)!;
        var (code, sent, _) = NdtProcess.End(process);
        string[] lines = [.. Sequences().Replace(sent, "").Split('\r', '\n').Where(line => line.Trim().Length > 0)];
        return (code, lines, sent.Count(letter => letter == '\n'));
    }

    [GeneratedRegex(@"\e(\[[0-9;?]*[A-Za-z]|\][^\a]*\a|[=>])")]
    private static partial Regex Sequences();
}
