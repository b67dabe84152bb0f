using Ndt.Records;

namespace Ndt.Runs;

/// <summary>A run met NaN or infinite values and stopped; what was measured before is kept.</summary>
public sealed class DivergedException(string message, RunRecord partial) : Exception(message)
{
    /// <summary>The record up to the last good measurement.</summary>
    public RunRecord Partial { get; } = partial;
}
