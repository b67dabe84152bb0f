using Ndt.Models;
using Ndt.Similarity;

namespace Ndt.PhaseTwo;

/// <summary>Small tables for reading.</summary>
public static class PhaseTwoTables
{
    /// <summary>A similarity over seeds, flat.</summary>
    public readonly record struct SummaryLine(string Architecture, string Comparison, int From, int To, string Measure, int Seeds, double Similarity, double? Low, double? High);

    /// <summary>The means over hidden layers of runs by the study's protocol: every state with the last one, and all controls at the last one.</summary>
    public static IReadOnlyList<SummaryLine> Late(IReadOnlyList<SimilarityRow> rows, string measure = SimilarityMeasure.DebiasedCka)
    {
        var last = rows.Max(row => row.To);
        return
        [
            .. from row in rows
               where row is { Protocol: "study", Layer: SimilarityValue.HiddenLayers } && row.Measure == measure
               where row.To == last || (row.Kind == ComparisonKind.Untrained && row.From == last)
               select new SummaryLine(
                   row.Architecture, Words(row.Kind), row.From, row.To, row.Measure, row.Seeds, row.Similarity.Estimate,
                   double.IsNaN(row.Similarity.Low) ? null : row.Similarity.Low, double.IsNaN(row.Similarity.High) ? null : row.Similarity.High),
        ];
    }

    /// <summary>The weights of an architecture's first run: the first state against all later ones, and the second against the last.</summary>
    /// <exception cref="InputException">There is no run of that architecture.</exception>
    public static IReadOnlyList<WeightComparison> WeightsOverTime(IReadOnlyList<RunFeatures> runs, string architecture)
    {
        var run = runs.FirstOrDefault(run => run.Run.Architecture == ArchitectureCatalogue.Find(architecture).Name)
            ?? throw new InputException($"no run of {architecture} is here");
        var steps = run.States.Keys.Order().ToArray();
        var pairs = steps.Skip(1).Select(later => (From: steps[0], To: later)).Append((From: steps[1], To: steps[^1])).Distinct();
        return [.. pairs.SelectMany(pair => WeightComparison.Of(run.States[pair.From].Weights, pair.From, run.States[pair.To].Weights, pair.To))];
    }

    private static string Words(ComparisonKind kind) => kind switch
    {
        ComparisonKind.OverTime => "over time",
        ComparisonKind.OtherSeed => "other seed (floor)",
        ComparisonKind.Permuted => "units permuted (ceiling)",
        ComparisonKind.Untrained => "random features",
        ComparisonKind.Noise => "Gaussian noise",
        _ => "shuffled labels",
    };
}
