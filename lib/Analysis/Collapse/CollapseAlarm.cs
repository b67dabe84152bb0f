using System.Globalization;
using Ndt.Measurement;

namespace Ndt.Analysis.Collapse;

/// <summary>
/// Says while a network trains that a layer's representation collapses: its centred effective rank falls to half of what its own recent past leads to expect, or to 1.5, and stays there for three
/// measurements. Layer by layer and, with <see cref="TrackerOptions.ByClass"/>, class by class.
/// </summary>
/// <remarks>
/// <para>
/// The expectation is the median line (Theil and Sen) through the logarithms of 12 earlier ranks, 8 measurements before the last 3, so that a steady decline is expected to go on; the fall has to exceed 9 spreads around that line,
/// too. <see cref="CollapseRule"/> has these numbers. Give <see cref="Check"/> each <see cref="MeasuredMoment"/>, from <see cref="TrackerOptions.OnMeasured"/>.
/// </para>
/// <para><b>When to use.</b> In runs that cost something, with a measurement every few steps: to stop, to lower the learning rate, or to look. By class where the training is supervised:
/// the mean over classes hides one that has collapsed.</para>
/// <para><b>What fools it.</b> A change of what is measured (another probe, a layer that is replaced). A learning rate that drops: representations often lose dimensions then, and rightly. The end of training of a
/// classifier, where examples of one class draw together as they should (neural collapse; Papyan, Han and Donoho 2020): by class it may fire there. It is silent for the first 23 measurements, but for the floor, and about a
/// decline over more than about 15 measurements until that reaches the floor. Effective rank does not say that a representation is good.</para>
/// <para><b>Reference.</b> The effective rank is Roy and Vetterli's (EUSIPCO 2007), used on self-supervised representations by Garrido, Balestriero, Najman and LeCun, "RankMe: assessing the downstream performance of
/// pretrained self-supervised representations by their rank", ICML 2023, arXiv:2210.02885. The rule is this project's own.</para>
/// </remarks>
/// <param name="rule">When a fall counts as a collapse; null for the defaults.</param>
public sealed class CollapseAlarm(CollapseRule? rule = null)
{
    private readonly CollapseRule rule = rule ?? new CollapseRule();
    private readonly Dictionary<(string Layer, string View, int? Class), CollapseDetector> detectors = [];

    /// <summary>The layers, and classes of layers, that collapse at this moment; empty for most. Moments have to come in order.</summary>
    public IReadOnlyList<CollapseWarning> Check(MeasuredMoment moment) =>
    [
        .. moment.Layers.Select(layer => CheckOne(moment.Point.Step, layer, null)).OfType<CollapseWarning>(),
        .. moment.Classes.Select(own => CheckOne(moment.Point.Step, own.Measurement, own.Class)).OfType<CollapseWarning>(),
    ];

    private CollapseWarning? CheckOne(int step, LayerMeasurement measured, int? number)
    {
        var layer = measured.Layer;
        var key = (layer.Name, layer.View, number);
        if (!detectors.TryGetValue(key, out var detector))
        {
            detectors[key] = detector = new CollapseDetector(rule, Math.Min(layer.Samples - 1, layer.Features));
        }

        var rank = measured.Centred.EffectiveRank;
        return detector.Add(rank) ? new CollapseWarning(layer.Name, layer.View, number, step, rank, detector.Before) : null;
    }
}

/// <summary>One collapse.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="View">Its view, one of <see cref="LayerView"/>.</param>
/// <param name="Class">The class whose examples have collapsed; null where it is the whole layer.</param>
/// <param name="Step">The optimiser step of the measurement.</param>
/// <param name="EffectiveRank">The centred effective rank then; NaN where every example gets the same answer.</param>
/// <param name="Before">Its median before the fall.</param>
public sealed record CollapseWarning(string Layer, string View, int? Class, int Step, double EffectiveRank, double Before)
{
    /// <summary>As a line for a log.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"step {Step}: {Layer}{(Class is null ? "" : $", class {Class}")} ({View}): effective rank {EffectiveRank:F2} after {Before:F2}: collapsing");
}
