using System.CommandLine;

namespace Ndt.Cli;

/// <summary>The option <c>--layer</c> of the commands that choose by a name's pattern.</summary>
internal static class LayerOption
{
    /// <param name="what">What is chosen from: "arrays".</param>
    public static Option<string> Create(string what) =>
        new("--layer") { Description = $"Only {what} whose name matches; * stands for any characters.", HelpName = "PATTERN", DefaultValueFactory = _ => "*" };
}
