using System.Globalization;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Notebooks;

/// <summary>Lines for a log: the end of each notebook, and what failed; or that alone.</summary>
internal sealed class PlainProgress(TextWriter writer, bool failuresOnly = false) : IRunProgress
{
    /// <inheritdoc/>
    public void CellBegins(string notebook, int cell, int cells, string firstLine)
    {
        if (cell == 1 && !failuresOnly)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notebook}: {cells} cells"));
        }
    }

    /// <inheritdoc/>
    public void CellFailed(string notebook, CellError error)
    {
        writer.WriteLine($"{notebook}: {error.Name}: {error.Message}");
    }

    /// <inheritdoc/>
    public void NotebookEnds(string notebook, TimeSpan elapsed, bool succeeded)
    {
        if (!failuresOnly || !succeeded)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notebook}: {(succeeded ? "done" : "failed")} in {elapsed.TotalSeconds:0.0} s"));
        }
    }
}
