using Ndt.Analysis;

namespace Ndt.Claims;

/// <summary>Phase 1 without the mistakes that can be taken away: true phase, true depth, the right loss, all runs of a family.</summary>
internal sealed class CorrectedMeasures(IReadOnlyList<ExperimentAnalysis> runs, int seed) : PhaseOneMeasures(runs, seed)
{
    private const int LossReach = 2;

    protected override double Phase(PlacedJump jump) => jump.Phase;

    protected override SettlingOrder Order(ExperimentAnalysis run) => run.DepthOrder;

    protected override double CnnFirstLayerPercent() => FirstLayerPercent(OfFamily("cnn"));

    protected override double EarlyLossImprovementPercent()
    {
        var falls = Runs.SelectMany(LossFalls).ToArray();
        return Percent(falls.Count(fell => fell), falls.Length);
    }

    protected override double EarlyPercent(PlacedJump[] jumps) => Percent(jumps.Count(IsEarly), jumps.Length);

    private static bool IsEarly(PlacedJump jump) => jump.Phase < TrainingPhase.EarlyEnd;

    /// <summary>Whether the loss falls over each early event; none of a run whose loss was not recorded.</summary>
    internal static IEnumerable<bool> LossFalls(ExperimentAnalysis run) =>
        from jump in run.HasLoss ? run.Jumps : []
        let index = jump.Jump.Index
        where IsEarly(jump) && index >= LossReach && index + LossReach < run.Loss.Length
        select run.Loss[index + LossReach] < run.Loss[index - LossReach];
}
