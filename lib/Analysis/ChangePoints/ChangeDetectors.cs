namespace Ndt.Analysis.ChangePoints;

/// <summary>The detectors that are tried beside each other.</summary>
public static class ChangeDetectors
{
    /// <summary>The study's rule at its own threshold and a stricter one, two published detectors, one that knows drift, and one that also sees the start.</summary>
    public static IReadOnlyList<IChangeDetector> All { get; } =
        [new IncrementRule(), new IncrementRule(4), new PeltDetector(), new EdPeltDetector(), new LocalContrast(), new EdgeContrast()];
}
