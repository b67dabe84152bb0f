using System.Globalization;
using Ndt.Claims;
using Ndt.Figures;
using Ndt.PhaseTwo;
using Ndt.Similarity;
using Ndt.Statistics;

namespace Ndt.Figures.PhaseTwo;

/// <summary>Tables of notebook 05 on the saved networks: where the change is, with which layers, what the seeds can tell, and other measures of the same states.</summary>
public static class StateTables
{
    private const string Study = "study";
    private const string Attention = "self_attn";
    private const int Clusters = 10;

    /// <summary>How the change from the initial to the late state is spread over the stretches between states: d = 1 − debiased CKA, mean over hidden layers.</summary>
    public static string WhereTheChangeIs(IReadOnlyList<SimilarityValue> values)
    {
        var steps = values.SelectMany(value => new[] { value.From, value.To }).Distinct().Order().ToArray();
        var stretches = steps.Zip(steps.Skip(1)).ToArray();
        var last = steps[^1];
        return Phrase.Table(
            ["architecture", "seeds", .. stretches.Select(stretch => string.Create(CultureInfo.InvariantCulture, $"change {stretch.First} → {stretch.Second}")), string.Create(CultureInfo.InvariantCulture, $"in the first {100.0 * stretches[0].Second / last:0} % of training")],
            OverTime(values).GroupBy(value => value.Architecture).Select(group =>
            {
                var own = group.ToArray();
                return (IReadOnlyList<string>)
                [
                    group.Key,
                    Phrase.Number(own.Select(value => value.Seed).Distinct().Count()),
                    .. stretches.Select(stretch => Words(SeedInterval.Of(own, kept => Change(kept, stretch)))),
                    Words(SeedInterval.Of(own, kept => 100 * Change(kept, stretches[0]) / stretches.Sum(stretch => Change(kept, stretch))), " %"),
                ];
            }))
            + "\n\nThe last column is the share of the whole way, stretch by stretch, that is over by the early state. 95 % over seeds, by the jackknife; one seed has no interval.";
    }

    /// <summary>The similarity of each state with the late one, over all hidden layers and without the projections inside attention.</summary>
    public static string WithAndWithoutAttention(IReadOnlyList<SimilarityValue> values)
    {
        var last = values.Max(value => value.To);
        var layers = values.Where(value => value is { Kind: ComparisonKind.OverTime, Protocol: Study, Measure: "debiased_cka" } && value.To == last && value.Layer != SimilarityValue.HiddenLayers).ToArray();
        var output = layers.GroupBy(value => value.Architecture).ToDictionary(group => group.Key, group => group.Max(value => value.Depth));
        var hidden = layers.Where(value => value.Depth < output[value.Architecture]).GroupBy(value => (value.Architecture, value.From)).ToArray();
        return Phrase.Table(
            ["architecture", "state", "seeds", "all hidden layers", "without attention's projections", "attention's projections alone"],
            hidden.Where(group => group.Any(value => value.Layer.Contains(Attention, StringComparison.Ordinal))).Select(group => (IReadOnlyList<string>)
            [
                group.Key.Architecture,
                Phrase.Number(group.Key.From),
                Phrase.Number(group.Select(value => value.Seed).Distinct().Count()),
                Phrase.Number(group.Average(value => value.Similarity)),
                Phrase.Number(group.Where(value => !value.Layer.Contains(Attention, StringComparison.Ordinal)).Average(value => value.Similarity)),
                Phrase.Number(group.Where(value => value.Layer.Contains(Attention, StringComparison.Ordinal)).Average(value => value.Similarity)),
            ]))
            + "\n\nDebiased CKA with the late state. The rule speaks of all measured layers but the output layer, and keeps to that. r needs a floor from other seeds, so that with one seed only the similarity itself can be shown.";
    }

    /// <summary>What the seeds at hand can tell: how far from its threshold a quantity has to lie before its interval decides.</summary>
    public static string Power(PhaseTwoVerdict verdict) => Phrase.Table(
        ["architecture", "quantity", "measure", "seeds", "estimate", "threshold", "reach of the interval", "decides"],
        verdict.Quantities.Select(quantity => (IReadOnlyList<string>)
        [
            quantity.Architecture, quantity.Quantity, SimilarityMeasure.Find(quantity.Measure).Title, Phrase.Number(quantity.Value.Count), Phrase.Number(quantity.Value.Estimate), Phrase.Number(quantity.Threshold),
            Phrase.Number((quantity.Value.High - quantity.Value.Low) / 2), quantity.Decision == Decision.Open ? "no" : "yes",
        ]))
        + "\n\nA true value nearer to its threshold than the reach would stay open about every second time.";

    /// <summary>Whether convolution filters form groups: silhouettes over random starts, beside Gaussian filters.</summary>
    public static string Diversity(IReadOnlyList<RunFeatures> runs) => Phrase.Table(
        ["run", "filters of", "updates", "silhouette, median of 200 starts [95 %]", "Gaussian filters, mean [95 %]"],
        from run in runs
        where run.Run is { Architecture: "cnn_deep", Protocol: Study }
        from weights in run.States.Values.First().Weights.Model.Where(tensor => tensor.Shape.Length == 4).Select(tensor => tensor.Name).Take(3)
        from state in run.States
        let filters = Matrix.FromUnits(state.Value.Weights.Tensor(weights))
        let starts = SilhouetteStarts.Of(filters)
        let noise = state.Key == run.States.Keys.Min() ? FilterDiversity.Measure(filters, Math.Min(Clusters, filters.Rows), Dissimilarity.Euclidean, seed: 1, draws: 40) : default
        select (IReadOnlyList<string>)
        [
            string.Create(CultureInfo.InvariantCulture, $"seed {run.Run.Seed}"), weights, Phrase.Number(state.Key),
            $"{starts.Median:0.000} [{starts.Low:0.000}, {starts.High:0.000}]",
            noise == default ? "as above" : $"{noise.GaussianMean:0.000} [{noise.GaussianLow:0.000}, {noise.GaussianHigh:0.000}]",
        ])
        + "\n\nMean silhouette of min(10, filters) clusters. The study's rise over training has to be read beside the untrained filters (0 updates) and beside noise.";

    /// <summary>Canonical correlations of each state with the late one, and of other seeds: as many features as samples make them 1 for anything.</summary>
    public static string CanonicalCorrelations(IReadOnlyList<RunFeatures> runs)
    {
        return Phrase.Table(
            ["architecture", "layer", "features", "from", "SVCCA with the late state", "PWCCA", "SVCCA of other seeds, late", "PWCCA"],
            from architecture in runs.Where(run => run.Run.Protocol == Study).GroupBy(run => run.Run.Architecture)
            let members = architecture.ToArray()
            let last = members[0].States.Keys.Max()
            from layer in Enumerable.Range(0, members[0].States[last].Layers.Count - 1)
            where !members[0].States[last].Layers[layer].Layer.Name.Contains("transformer", StringComparison.Ordinal) || members[0].States[last].Layers[layer].Layer.Name.EndsWith("linear2", StringComparison.Ordinal)
            let floor = Pairs(members).Select(pair => (A: At(pair.First, last, layer), B: At(pair.Second, last, layer))).ToArray()
            from step in members[0].States.Keys.Where(step => step != last)
            select (IReadOnlyList<string>)
            [
                architecture.Key,
                members[0].States[last].Layers[layer].Layer.Name,
                Phrase.Number(At(members[0], last, layer).Columns),
                Phrase.Number(step),
                Phrase.Number(members.Average(run => Svcca.Similarity(At(run, step, layer), At(run, last, layer)))),
                Phrase.Number(members.Average(run => Pwcca.Similarity(At(run, step, layer), At(run, last, layer)))),
                floor.Length == 0 ? "one seed" : Phrase.Number(floor.Average(pair => Svcca.Similarity(pair.A, pair.B))),
                floor.Length == 0 ? "one seed" : Phrase.Number(floor.Average(pair => Pwcca.Similarity(pair.A, pair.B))),
            ])
            + string.Create(CultureInfo.InvariantCulture, $"\n\nMean over seeds, on {NetworkFeatures.ProbeSize} probe examples. A layer with half as many features as examples, or more, is alike to anything by these measures: the columns for other seeds show it.");

        static Matrix At(RunFeatures run, int step, int layer) => run.States[step].Layers[layer].Activations;

        static IEnumerable<(RunFeatures First, RunFeatures Second)> Pairs(RunFeatures[] members) =>
            from a in Enumerable.Range(0, members.Length) from b in Enumerable.Range(a + 1, members.Length - a - 1) select (members[a], members[b]);
    }

    /// <summary>Dimensions of the saved states by estimators that need the activations.</summary>
    public static string Dimensions(IReadOnlyList<StateDimension> rows) => Phrase.Table(
        ["architecture", "updates", "layers", "participation ratio", "corrected for samples", "for features", "for both", "TwoNN"],
        rows.GroupBy(row => (row.Architecture, row.Step)).Select(group => (IReadOnlyList<string>)
        [
            group.Key.Architecture, Phrase.Number(group.Key.Step), Phrase.Number(group.Count()),
            Median(group.Select(row => row.Ratio.Naive)), Median(group.Select(row => row.Ratio.Row)), Median(group.Select(row => row.Ratio.Column)), Median(group.Select(row => row.Ratio.Both)), Median(group.Select(row => row.Intrinsic)),
        ]))
        + "\n\nMedians over hidden layers and seeds; centred matrices, 160 examples. What the corrections add is what finitely many examples and features hide; TwoNN asks for the dimension of the surface that the examples lie on, which is curved, and so is not bound to agree.";

    private static IEnumerable<SimilarityValue> OverTime(IEnumerable<SimilarityValue> values) =>
        values.Where(value => value is { Kind: ComparisonKind.OverTime, Protocol: Study, Measure: "debiased_cka", Layer: SimilarityValue.HiddenLayers });

    private static double Change(IReadOnlyList<SimilarityValue> values, (int From, int To) stretch) =>
        values.Where(value => value.From == stretch.From && value.To == stretch.To).Average(value => 1 - value.Similarity);

    private static string Words(JackknifeInterval interval, string unit = "") => double.IsFinite(interval.Low)
        ? $"{Phrase.Number(interval.Estimate)}{unit} [{Phrase.Number(interval.Low)}, {Phrase.Number(interval.High)}]"
        : $"{Phrase.Number(interval.Estimate)}{unit}";

    private static string Median(IEnumerable<double> values) => Phrase.Number(Percentiles.Quantile([.. values.Where(double.IsFinite)], 0.5));
}
