using System.Globalization;
using Ndt.Checkpoints;
using Ndt.PhaseTwo;
using Ndt.Similarity;
using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>Phase 2's numbers from our own saved networks, which have what the study's lack: the initial state and, of the MLP, seeds.</summary>
/// <param name="Figures">By the claim's name; the mean over seeds, with the spread between them and no interval over cells.</param>
/// <param name="Choices">What stands beside a figure, by the claim's name.</param>
/// <param name="Inherited">By the claim's name, the cosine of untrained filters with the later state, in %.</param>
public sealed record OurPhaseTwo(
    IReadOnlyDictionary<string, LedgerFigure> Figures, IReadOnlyDictionary<string, IReadOnlyList<LedgerChoice>> Choices, IReadOnlyDictionary<string, double> Inherited)
{
    /// <summary>Of the runs of the study's protocol among <paramref name="runs"/> that phase 2's claims are about: <c>cnn_deep</c> and <c>mlp_narrow</c>. Only weights are read.</summary>
    /// <param name="runs">Saved runs.</param>
    /// <param name="starts">Random starts of k-means behind a silhouette.</param>
    /// <exception cref="InputException">A file is damaged.</exception>
    public static OurPhaseTwo Of(IEnumerable<SavedRun> runs, int starts = SilhouetteStarts.Starts)
    {
        var figures = new Dictionary<string, LedgerFigure>(StringComparer.Ordinal);
        var choices = new Dictionary<string, IReadOnlyList<LedgerChoice>>(StringComparer.Ordinal);
        var inherited = new Dictionary<string, double>(StringComparer.Ordinal);
        var own = runs.Where(run => run.Protocol == Training.Protocol.Study.Name).ToArray();
        var cnns = StatesOf("cnn_deep");
        var mlps = StatesOf("mlp_narrow");
        foreach (var (from, to) in ((int, int)[])[(100, 1000), (1000, 2000)])
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{from}_{to}");
            if (cnns.Length > 0)
            {
                figures[$"phase2_conv1_cosine_{name}"] = OverSeeds(cnns, states => Cosine(states, from, to));
                var fromStart = OverSeeds(cnns, states => Cosine(states, 0, to));
                inherited[$"phase2_conv1_cosine_{name}"] = fromStart.Value;
                choices[$"phase2_conv1_cosine_{name}"] =
                [
                    new(string.Create(CultureInfo.InvariantCulture, $"ours, from the untrained filters (0) to {to}"), fromStart.Value),
                    new(string.Create(CultureInfo.InvariantCulture, $"ours, from the untrained filters (0) to {from}"), OverSeeds(cnns, states => Cosine(states, 0, from)).Value),
                ];
            }

            if (mlps.Length > 0)
            {
                var growth = OverSeeds(mlps, states => 100 * ParameterGrowth.Between(states[from], states[to]).MeanOverMatrices);
                var whole = OverSeeds(mlps, states => 100 * ParameterGrowth.Between(states[from], states[to]).WholeVector);
                figures[$"phase2_norm_growth_{name}"] = whole;
                choices[$"phase2_norm_growth_{name}"] = [new("ours, mean over weight matrices, as published", growth.Value), new("ours, all parameters as one vector", whole.Value)];
            }
        }

        if (cnns.Length > 0)
        {
            foreach (var (number, weights) in StudyPhaseTwo.Convolutions)
            {
                var untrained = OverSeeds(cnns, states => SilhouetteStarts.Of(StudyPhaseTwo.Filters(states[0], weights), starts).Median);
                foreach (var step in StudyPhaseTwo.Steps)
                {
                    var id = string.Create(CultureInfo.InvariantCulture, $"phase2_silhouette_conv{number}_{step}");
                    figures[id] = OverSeeds(cnns, states => SilhouetteStarts.Of(StudyPhaseTwo.Filters(states[step], weights), starts).Median);
                    choices[id] = [new("ours, the untrained filters", untrained.Value)];
                }
            }
        }

        return new OurPhaseTwo(figures, choices, inherited);

        Dictionary<int, Checkpoint>[] StatesOf(string architecture) =>
            [.. own.Where(run => run.Architecture == architecture).Select(run => run.Files.ToDictionary(file => file.Key, file => CheckpointFile.Read(file.Value)))];
    }

    private static double Cosine(Dictionary<int, Checkpoint> states, int from, int to)
    {
        var weights = StudyPhaseTwo.Convolutions[0].Weights;
        return 100 * CosineSimilarity.MeanOverUnits(StudyPhaseTwo.Filters(states[from], weights), StudyPhaseTwo.Filters(states[to], weights));
    }

    private static LedgerFigure OverSeeds(Dictionary<int, Checkpoint>[] runs, Func<Dictionary<int, Checkpoint>, double> figure)
    {
        double[] values = [.. runs.Select(figure)];
        return LedgerFigure.None with
        {
            Value = values.Average(),
            BetweenSeeds = Descriptive.SampleStandardDeviation(values),
            Runs = values.Length,
            Cells = 1,
        };
    }
}
