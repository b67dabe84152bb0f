namespace Ndt.Analysis;

/// <summary>What the three analyses can be told otherwise; the defaults are the study's.</summary>
public sealed record AnalysisParameters
{
    /// <summary>The study's own values.</summary>
    public static AnalysisParameters Study { get; } = new();

    /// <summary>z above which an increment is a jump.</summary>
    public double JumpThreshold { get; init; } = Jumps.StudyThreshold;

    /// <summary>Measurements in convergence's window.</summary>
    public int StabilityWindow { get; init; } = Convergence.StudyWindow;

    /// <summary>Share of a series' mean below which a window's deviation has to lie.</summary>
    public double StabilityFraction { get; init; } = Convergence.StudyFraction;

    /// <summary>Quantile that critical steps and transitions have to pass.</summary>
    public double CriticalQuantile { get; init; } = CriticalPeriods.StudyQuantile;
}
