namespace Ndt.Cli.Sweeps;

/// <summary>Whether a run of a sweep has its record in the common folder.</summary>
internal enum Collected
{
    /// <summary>It was there, whole.</summary>
    ThereBefore,

    /// <summary>It was copied there, whole.</summary>
    Brought,

    /// <summary>It is nowhere whole, or two whole ones differ.</summary>
    Missing,
}
