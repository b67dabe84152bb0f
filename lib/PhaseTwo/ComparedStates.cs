namespace Ndt.PhaseTwo;

/// <summary>A comparison with the states that it is of.</summary>
/// <param name="Value">The comparison.</param>
/// <param name="State">Hash of the first state (<see cref="StateHash"/>).</param>
/// <param name="OtherState">Hash of the second; the first's own for a permuted copy, empty for noise.</param>
public readonly record struct ComparedStates(SimilarityValue Value, string State, string OtherState)
{
    /// <summary>All comparisons of runs, in the order of <see cref="Comparisons.Of"/>.</summary>
    public static IReadOnlyList<ComparedStates> Of(IReadOnlyList<RunFeatures> runs)
    {
        var hashes = runs
            .SelectMany(run => run.States.Select(state => (Key: (run.Run.Architecture, run.Run.Protocol, run.Run.Seed, state.Key), state.Value)))
            .Concat(runs.DistinctBy(run => run.Run.Architecture).SelectMany(run => Comparisons.UntrainedLike(run.Run)
                .Select(untrained => (Key: (run.Run.Architecture, nameof(ComparisonKind.Untrained), untrained.Seed, 0), Value: untrained.Features))))
            .ToDictionary(state => state.Key, state => StateHash.Of(state.Value.Weights));
        return [.. Comparisons.Of(runs).Select(value => new ComparedStates(value, hashes[(value.Architecture, value.Protocol, value.Seed, value.From)], Other(value)))];

        string Other(SimilarityValue value) => value.Kind switch
        {
            ComparisonKind.Noise => "",
            ComparisonKind.Untrained => hashes[(value.Architecture, nameof(ComparisonKind.Untrained), value.OtherSeed, 0)],
            ComparisonKind.ShuffledLabels => hashes[(value.Architecture, Comparisons.Shuffled, value.OtherSeed, value.To)],
            _ => hashes[(value.Architecture, value.Protocol, value.OtherSeed, value.To)],
        };
    }
}
