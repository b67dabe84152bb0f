using Ndt.Similarity;
using Ndt.Statistics;

namespace Ndt.PhaseTwo;

/// <summary>How much of the whole way from the initial to the late state lies between two states: d = 1 − S of that stretch over the sum of all stretches. Exploratory.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="From">Updates done at the stretch's begin.</param>
/// <param name="To">Updates done at its end.</param>
/// <param name="Share">The share, in [0, 1] as far as d is not negative, and its interval over seeds.</param>
/// <param name="Even">The share that the stretch has of all updates: what change at an even pace would give.</param>
public readonly record struct ChangeShare(string Architecture, int From, int To, JackknifeInterval Share, double Even)
{
    /// <summary>Of every architecture among comparisons, stretch by stretch, mean over hidden layers.</summary>
    /// <param name="values">Comparisons; those of runs over time by <paramref name="protocol"/> are taken.</param>
    /// <param name="steps">The states whose stretches are told, ascending; by default all.</param>
    /// <param name="measure">Name of the measure.</param>
    /// <param name="protocol">The protocol.</param>
    public static IReadOnlyList<ChangeShare> Of(IEnumerable<SimilarityValue> values, IReadOnlyList<int>? steps = null, string measure = SimilarityMeasure.DebiasedCka, string protocol = "study")
    {
        var own = values.Where(value => value is { Kind: ComparisonKind.OverTime, Layer: SimilarityValue.HiddenLayers } && value.Measure == measure && value.Protocol == protocol).ToArray();
        var states = steps ?? [.. own.SelectMany(value => new[] { value.From, value.To }).Distinct().Order()];
        var stretches = states.Zip(states.Skip(1)).ToArray();
        return
        [
            .. from architecture in own.GroupBy(value => value.Architecture)
               from stretch in stretches
               select new ChangeShare(
                   architecture.Key, stretch.First, stretch.Second,
                   SeedInterval.Of([.. architecture], kept => Change(kept, stretch) / stretches.Sum(one => Change(kept, one))),
                   (stretch.Second - stretch.First) / (double)(states[^1] - states[0])),
        ];
    }

    private static double Change(IReadOnlyList<SimilarityValue> values, (int From, int To) stretch) =>
        values.Where(value => value.From == stretch.From && value.To == stretch.To).Average(value => 1 - value.Similarity);
}
