namespace Ndt.Analysis.ChangePoints;

/// <summary>Says where a series changes its level at once.</summary>
public interface IChangeDetector
{
    /// <summary>Its name in tables and figures.</summary>
    string Name { get; }

    /// <summary>
    /// The change points, ascending: each the index of the first value of a new segment, in 1 … n − 1. Empty for a series without any, or too
    /// short. Values must be finite; the library's detectors throw <see cref="InputException"/> otherwise.
    /// </summary>
    int[] Detect(ReadOnlySpan<double> series);
}
