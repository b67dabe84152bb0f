using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>What a verdict is reached from.</summary>
/// <param name="Claim">The claim and its rule.</param>
/// <param name="Reproduced">Its number, as the study computed it; NaN where that is not possible.</param>
public sealed record VerdictCase(Claim Claim, double Reproduced)
{
    /// <summary>The interval of its number without the mistakes; null where there is none.</summary>
    public ConfidenceInterval? Corrected { get; init; }

    /// <summary>The interval of that less its chance level; null where there is none.</summary>
    public ConfidenceInterval? Excess { get; init; }

    /// <summary>The chance level of the corrected number.</summary>
    public double Chance { get; init; } = double.NaN;

    /// <summary>The published number, on the axis of the corrected one.</summary>
    public double Published { get; init; } = Claim.Published;

    /// <summary>The chance level of the published number on its own axis; by default the corrected one's.</summary>
    public double PublishedChance { get; init; } = double.NaN;

    /// <summary>The null model that was chosen before looking, on the runs that it names (the study's for the share of early events, ours for the rest); null where it was not computed.</summary>
    public NullLevel? Null { get; init; }

    /// <summary>The range of the number over random starts; null where it has none.</summary>
    public (double Low, double High)? Starts { get; init; }

    /// <summary>What untrained weights of ours give; NaN where it is not known.</summary>
    public double Inherited { get; init; } = double.NaN;

    /// <summary>The interval of the same number of our runs over seeds; null where there is none.</summary>
    public JackknifeInterval? Ours { get; init; }
}
