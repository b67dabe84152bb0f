using System.Diagnostics.CodeAnalysis;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Notebooks.Cells;

/// <summary>What a cell can call without a prefix beside .NET Interactive's own functions.</summary>
[SuppressMessage("Style", "IDE1006", Justification = "The names that notebook authors know.")]
public static class CellFunctions
{
    /// <summary>Asks the reader for a line; only a live front end can answer.</summary>
    public static string input(string prompt = "") => SessionScope.Required.Ask(prompt, password: false);

    /// <summary>As <see cref="input"/>, without showing what is typed.</summary>
    public static string password(string prompt = "") => SessionScope.Required.Ask(prompt, password: true);
}
