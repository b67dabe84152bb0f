namespace Ndt.Cli.Notebooks.Checking;

/// <summary>A place where a cell's output is no longer the same as stored.</summary>
/// <param name="Cell">The cell, as errors name it.</param>
/// <param name="Place">Which line, or which value of a figure.</param>
/// <param name="Stored">What the notebook holds; null where it holds nothing there.</param>
/// <param name="Now">What the cell says now; null where it says nothing there.</param>
internal sealed record OutputDifference(string Cell, string Place, string? Stored, string? Now)
{
    /// <summary>Three lines for the reader.</summary>
    public override string ToString() => $"{Cell}, {Place}\n  - {Stored ?? "(nothing)"}\n  + {Now ?? "(nothing)"}";
}
