using Ndt.Analysis;
using Ndt.Statistics;

namespace Ndt.Claims;

/// <summary>Phase 1 as the study computed it, mistakes included.</summary>
internal sealed class PublishedMeasures(IReadOnlyList<ExperimentAnalysis> runs, int seed) : PhaseOneMeasures(runs, seed)
{
    // The one run behind "51 % of CNN events", and the three that weeks 7 and 8 looked at.
    internal const string CnnRun = "cnn_deep_mnist";
    internal static readonly string[] LossRuns = ["transformer_deep_mnist", CnnRun, "mlp_narrow_mnist"];

    // A measurement index, divided by the interval once more as if it were a step (defect D).
    private const int SecondDivision = 5;
    private const int LossReach = 2;

    protected override double Phase(PlacedJump jump) => jump.PublishedPhase;

    protected override SettlingOrder Order(ExperimentAnalysis run) => run.PublishedOrder;

    protected override double CnnFirstLayerPercent() => FirstLayerPercent(Named(CnnRun));

    /// <summary>The mean over those of the three runs that have such events: two of them.</summary>
    protected override double EarlyLossImprovementPercent()
    {
        var shares = LossRuns
            .Select(name => Named(name).SelectMany(LossFalls).ToArray())
            .Where(falls => falls.Length > 0)
            .Select(falls => Percent(falls.Count(fell => fell), falls.Length));
        return Descriptive.Mean([.. shares]);
    }

    protected override double EarlyPercent(PlacedJump[] jumps) => Percent(jumps.Count(IsEarly), jumps.Length);

    /// <summary>Their bins were open on the left: an event at phase 0 is in none.</summary>
    internal static bool IsEarly(PlacedJump jump) => jump.PublishedPhase is > 0 and <= TrainingPhase.EarlyEnd;

    private ExperimentAnalysis[] Named(string experiment) => [.. Runs.Where(run => run.Run.Experiment == experiment)];

    /// <summary>Whether the loss falls over each early event, as they looked; none of a run whose loss was not recorded.</summary>
    internal static IEnumerable<bool> LossFalls(ExperimentAnalysis run) =>
        from jump in run.HasLoss ? run.Jumps : []
        where IsEarly(jump)
        let index = jump.Jump.Index / SecondDivision
        where index > LossReach && index + LossReach < run.Loss.Length
        select run.Loss[index + LossReach] < run.Loss[index - LossReach];
}
