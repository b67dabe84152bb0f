using System.CommandLine;

namespace Ndt.Cli;

/// <summary>The option <c>--quiet</c> of the commands that show progress.</summary>
internal static class QuietOption
{
    public static Option<bool> Create() => new("--quiet", "-q") { Description = "Shows no progress; errors, warnings and results are shown as always." };
}
