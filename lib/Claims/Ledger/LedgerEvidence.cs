using Ndt.Claims.Later;
using Ndt.Records;

namespace Ndt.Claims.Ledger;

/// <summary>What the ledger rests on beside the tallies of runs; each part may be missing.</summary>
public sealed record LedgerEvidence
{
    /// <summary>None of it.</summary>
    public static LedgerEvidence None { get; } = new();

    /// <summary>Null models by the claim that they speak to.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<NullLevel>> Nulls { get; init; } = new Dictionary<string, IReadOnlyList<NullLevel>>();

    /// <summary>Phase 2's numbers from our own saved networks.</summary>
    public OurPhaseTwo? PhaseTwo { get; init; }

    /// <summary>Transitions in our runs.</summary>
    public IReadOnlyList<LayerTransitions> Transitions { get; init; } = [];

    /// <summary>Our runs of the earlier article's network.</summary>
    public IReadOnlyList<RunRecord> Article { get; init; } = [];

    /// <summary>Our long runs, by the study's protocol and others.</summary>
    public IReadOnlyList<RunRecord> LongRuns { get; init; } = [];
}
