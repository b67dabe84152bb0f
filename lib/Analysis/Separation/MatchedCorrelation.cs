namespace Ndt.Analysis.Separation;

/// <summary>A correlation within runs and its chance level, matched on time.</summary>
/// <param name="Own">Mean over seeds of ρ between two quantities of one run, in [−1, 1].</param>
/// <param name="OtherSeeds">Mean over all ordered pairs of different seeds of ρ between the first quantity of one run and the second of another.</param>
public readonly record struct MatchedCorrelation(double Own, double OtherSeeds)
{
    /// <summary>What a run has beyond what all runs do at that time: <see cref="Own"/> less <see cref="OtherSeeds"/>.</summary>
    public double Excess => Own - OtherSeeds;
}
