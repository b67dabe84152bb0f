using System.Globalization;
using Ndt.Analysis;
using Ndt.Statistics;

namespace Ndt.Claims;

/// <summary>The numbers of phase 1 over the runs of one metric; what differs between the study's way and the right one is left open.</summary>
internal abstract class PhaseOneMeasures(IReadOnlyList<ExperimentAnalysis> runs, int seed)
{
    /// <summary>Clusters that the study asked k-means for.</summary>
    internal const int JumpTypes = 5;

    private static readonly string[] Families = ["transformer", "mlp", "cnn"];

    protected IReadOnlyList<ExperimentAnalysis> Runs { get; } = runs;

    /// <summary>Every number by its claim's name. A family without runs and what needs events where there are none give NaN, and so does what needs the loss where no run has it; runs without it are left out there.</summary>
    public Dictionary<string, double> ById()
    {
        var jumps = JumpsOf(Runs);
        var magnitudes = jumps.Select(jump => jump.Jump.Magnitude).ToArray();
        var layers = Runs.SelectMany(run => run.Layers).ToArray();
        var withLoss = Runs.Where(run => run.HasLoss).ToArray();
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["experiments"] = Runs.Count,
            ["events"] = jumps.Length,
            ["events_first_10"] = BinPercent(jumps, 0),
            ["events_10_50"] = BinPercent(jumps, 1),
            ["events_last_50"] = BinPercent(jumps, 2),
            ["cnn_first_layer"] = CnnFirstLayerPercent(),
            ["early_loss_improvement"] = EarlyLossImprovementPercent(),
            ["early_share_week_7_8"] = EarlyPercent(jumps),
            ["loss_correlation"] = 100 * Mean(withLoss, run => run.LossDropShare),
            ["coordination"] = 100 * Mean(Runs, run => run.MeanCoordination),
            ["strong_runs"] = withLoss.Length > 0 ? withLoss.Count(run => run.IsStrong) : double.NaN,
            ["strong_share"] = Percent(withLoss.Count(run => run.IsStrong), withLoss.Length),
            ["critical_steps"] = Mean(Runs, run => run.CriticalSteps),
            ["transitions"] = Mean(Runs, run => run.Transitions),
            ["magnitude_smallest"] = magnitudes.Length > 0 ? magnitudes.Min() : double.NaN,
            ["magnitude_typical"] = Descriptive.Mean(magnitudes),
            ["magnitude_largest"] = magnitudes.Length > 0 ? magnitudes.Max() : double.NaN,
            ["stable_from_start"] = Percent(layers.Count(layer => layer.StabilisationPoint == 0), layers.Length),
            ["unclear"] = Runs.Count(run => Order(run).Pattern == SettlingPattern.Unclear),
            ["simultaneous"] = Runs.Count(run => Order(run).Pattern == SettlingPattern.Simultaneous),
        };
        foreach (var family in Families)
        {
            var members = OfFamily(family);
            var events = JumpsOf(members);
            values[$"events_{family}"] = members.Length > 0 ? events.Length : double.NaN;
            values[$"mean_phase_{family}"] = Descriptive.Mean(Array.ConvertAll(events, Phase));
            values[$"loss_correlation_{family}"] = Mean(members.Where(run => run.HasLoss), run => run.LossDropShare);
            values[$"coordination_{family}"] = Mean(members, run => run.MeanCoordination);
        }

        if (jumps.Length >= JumpTypes)
        {
            var sizes = JumpTypeSizes(jumps);
            values["jump_types"] = sizes.Length;
            for (var type = 0; type < JumpTypes; type++)
            {
                values[string.Create(CultureInfo.InvariantCulture, $"jump_type_{type + 1}")] = sizes[type];
            }
        }

        return values;
    }

    /// <summary>Where in training an event is taken to lie.</summary>
    protected abstract double Phase(PlacedJump jump);

    /// <summary>The order of layers that is asked for.</summary>
    protected abstract SettlingOrder Order(ExperimentAnalysis run);

    /// <summary>Share of a CNN's events in its first layer, in %.</summary>
    protected abstract double CnnFirstLayerPercent();

    /// <summary>Share of early events around which the loss fell, in %.</summary>
    protected abstract double EarlyLossImprovementPercent();

    /// <summary>Share of events that are early, in %, as weeks 7 and 8 counted.</summary>
    protected abstract double EarlyPercent(PlacedJump[] jumps);

    protected static PlacedJump[] JumpsOf(IEnumerable<ExperimentAnalysis> runs) => [.. runs.SelectMany(run => run.Jumps)];

    protected ExperimentAnalysis[] OfFamily(string family) => [.. Runs.Where(run => run.Run.Family == family)];

    protected static double Percent(int part, int whole) => whole == 0 ? double.NaN : 100.0 * part / whole;

    protected static double FirstLayerPercent(IReadOnlyCollection<ExperimentAnalysis> runs) =>
        Percent(runs.Sum(run => run.Layers[0].Jumps.Count), JumpsOf(runs).Length);

    private double BinPercent(PlacedJump[] jumps, int bin) => Percent(jumps.Count(jump => TrainingPhase.Bin(Phase(jump)) == bin), jumps.Length);

    private static double Mean(IEnumerable<ExperimentAnalysis> runs, Func<ExperimentAnalysis, double> value) => Descriptive.Mean([.. runs.Select(value)]);

    private int[] JumpTypeSizes(PlacedJump[] jumps)
    {
        var features = jumps.SelectMany(jump => (double[])[Phase(jump), jump.Jump.Magnitude, jump.Jump.Speed]).ToArray();
        return KMeans.Cluster(Standardisation.OfColumns(features, 3), 3, JumpTypes, seed).Sizes;
    }
}
