using Ndt.Models;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Follows the dimensionality of a network's activations while it trains: attach it to any TorchSharp module, tell it after every
/// optimiser step, and read the history.
/// </summary>
/// <remarks>
/// It keeps figures, not activations: per measurement 15 numbers for each layer and view, and two more with labels. It measures in evaluation mode and
/// without gradients, and leaves the network, the mode of each of its modules, its gradients and the CPU's random generator as they are, so that tracking
/// does not change training (<see cref="ActivationProbe"/> says how).
/// </remarks>
/// <example>
/// <code>
/// using var tracker = new ActivationTracker(network, probe, new TrackerOptions(Every: 10, LayerSelection.Named("encoder.*")));
/// tracker.MeasureInitialState();
/// for (var step = 0; step &lt; steps; step++)
/// {
///     var loss = TrainOneStep();
///     tracker.AfterStep(step, loss);
/// }
///
/// var layers = tracker.History.Layers();
/// </code>
/// </example>
public sealed class ActivationTracker : IDisposable
{
    private readonly ActivationProbe probe;
    private readonly TrackerOptions options;
    private readonly IEnumerable<ProbeBatch> batches;
    private readonly DeviceClock clock;
    private double forwardSeconds;
    private double totalSeconds;

    /// <summary>
    /// Attaches to a network.
    /// </summary>
    /// <param name="network">Any module that maps one tensor to one.</param>
    /// <param name="inputs">The probe set [n, …], on the network's device; the tracker neither changes nor disposes it.</param>
    /// <param name="options">What to measure, and how often.</param>
    /// <param name="labels">Classes [n] of the probe set, whole numbers of any type; with them, and logits [n, classes] as the network's output, every point holds the probe's loss and accuracy, and every layer the geometry of its classes (<see cref="ClassGeometry"/>).</param>
    /// <exception cref="InputException">No layer is chosen that can be measured.</exception>
    public ActivationTracker(nn.Module<Tensor, Tensor> network, Tensor inputs, TrackerOptions? options = null, Tensor? labels = null)
        : this(network, [new ProbeBatch(inputs, labels)], inputs.device, options)
    {
    }

    /// <summary>
    /// Attaches to a network, with a probe set of any size, in parts. Memory is that of one part's forward pass and of features² for each layer and view; the figures are those of
    /// the whole set, without the geometry of classes, which needs every example twice.
    /// </summary>
    /// <param name="network">Any module that maps one tensor to one.</param>
    /// <param name="batches">
    /// The parts, on the network's device; gone through anew at each measurement, so that a sequence that loads them one by one will do. It disposes what it makes
    /// (<c>using var part = Load(i); yield return new ProbeBatch(part);</c>); the tracker disposes nothing. The set has to be the same each time.
    /// </param>
    /// <param name="options">What to measure, and how often.</param>
    /// <exception cref="InputException">No layer is chosen that can be measured.</exception>
    public ActivationTracker(nn.Module<Tensor, Tensor> network, IEnumerable<ProbeBatch> batches, TrackerOptions? options = null)
        : this(network, batches, network.parameters().FirstOrDefault()?.device ?? CPU, options)
    {
    }

    private ActivationTracker(nn.Module<Tensor, Tensor> network, IEnumerable<ProbeBatch> batches, Device device, TrackerOptions? options)
    {
        this.options = options ?? new TrackerOptions();
        this.options.Require();
        this.batches = batches;
        clock = DeviceClock.Of(device);
        MeasuresOnDevice = device.type != TorchSharp.DeviceType.CPU;
        probe = new ActivationProbe(network, this.options.Layers, this.options.BatchDimension) { Clock = clock };
        if (probe.LeftOut.Count > 0)
        {
            this.options.OnNotice?.Invoke($"not measured, since they do not map one tensor to one: {string.Join(", ", probe.LeftOut)}");
        }
    }

    /// <summary>Chosen modules that are not measured, since they do not map one tensor to one, by path and type.</summary>
    public IReadOnlyList<string> LeftOut => probe.LeftOut;

    /// <summary>What has been measured; set it to go on with the history of a run that is resumed.</summary>
    public MeasurementHistory History { get; init; } = new();

    /// <summary>Whether spectra are computed where the network is, by tensor operations, as by default anywhere but on the CPU.</summary>
    internal bool MeasuresOnDevice { get; init; }

    /// <summary>What measuring has cost so far.</summary>
    public TrackerOverhead Overhead => new(History.Points.Count, forwardSeconds, totalSeconds - forwardSeconds);

    /// <summary>Whether a measurement is due after this step: <see cref="TrackerOptions.Every"/> and <see cref="TrackerOptions.Growth"/> say when.</summary>
    public bool IsDue(int step) => LastUpdated is not { } last || options.IsDue(step, last);

    /// <summary>Measures the state before any update, as step −1.</summary>
    public void MeasureInitialState() => Measure(-1);

    /// <summary>
    /// Tells the tracker that a step is done; measures when one is due.
    /// </summary>
    /// <param name="step">Index of the step, from 0, counted over the whole training.</param>
    /// <param name="loss">The step's training loss, for the record.</param>
    /// <param name="gradientNorm">The step's gradient norm, for the record.</param>
    /// <param name="epoch">The step's pass over the training set, from 1.</param>
    /// <exception cref="NonFiniteActivationsException">A layer's activations hold NaN or infinity. The history keeps what was measured before.</exception>
    /// <exception cref="InputException">A layer cannot be measured, or the step is not after the last one measured.</exception>
    public void AfterStep(int step, double loss = double.NaN, double gradientNorm = double.NaN, int epoch = 0)
    {
        if (step <= LastUpdated)
        {
            History.RequireLater(step);
        }

        if (IsDue(step))
        {
            Measure(step, loss, gradientNorm, epoch);
        }
    }

    /// <summary>Measures now, due or not. Arguments and errors are those of <see cref="AfterStep"/>.</summary>
    public void Measure(int step, double loss = double.NaN, double gradientNorm = double.NaN, int epoch = 0) => Measure(step, epoch, loss, gradientNorm, batches);

    /// <summary>Measures now, on another probe set of the same size: for controls that draw a fresh one each time.</summary>
    public void Measure(int step, int epoch, double loss, double gradientNorm, Tensor probeInputs, Tensor? probeLabels) =>
        Measure(step, epoch, loss, gradientNorm, [new ProbeBatch(probeInputs, probeLabels)]);

    /// <summary>Detaches: the hooks are removed, the history stays.</summary>
    public void Dispose()
    {
        probe.Dispose();
        clock.Dispose();
    }

    // The step of the last measurement after an update.
    private int? LastUpdated => History.Points is [.., { Step: >= 0 and var last }] ? last : null;

    private void Measure(int step, int epoch, double loss, double gradientNorm, IEnumerable<ProbeBatch> parts)
    {
        History.RequireLater(step);
        clock.Restart();
        var start = clock.Mark();
        var taken = parts is IReadOnlyList<ProbeBatch> { Count: 1 } one
            ? MeasuresOnDevice ? OnDevice(one[0]) : OnHost(one[0])
            : InParts(parts);
        var point = new MeasurementPoint(step, step + 1, epoch, loss, gradientNorm, taken.Quality.Loss, taken.Quality.Accuracy);
        History.Add(point, taken.Layers);
        var end = clock.Mark();
        forwardSeconds += taken.Forwards.Sum(forward => clock.Seconds(forward.From, forward.To)) - taken.ReductionSeconds;
        totalSeconds += clock.Seconds(start, end);
        options.OnMeasured?.Invoke(new MeasuredMoment(point, taken.Layers, taken.Classes));
    }

    private Taken OnHost(ProbeBatch set)
    {
        var start = clock.Mark();
        var (output, activations) = probe.Capture(set.Inputs);
        using var logits = output;
        var end = clock.Mark();
        var quality = set.Labels is null ? Classification.Unknown : Classification.Of(logits, set.Labels);
        var classes = ClassesOf(set);
        var measurements = LayerMeasurement.OfAll(activations, classes);
        return new Taken(measurements, options.ByClass ? ClassMeasurement.Of(activations, classes!) : [], quality, [(start, end)], probe.ReductionSeconds);
    }

    private Taken OnDevice(ProbeBatch set)
    {
        var start = clock.Mark();
        var (output, activations) = probe.CaptureOnDevice(set.Inputs);
        using var logits = output;
        var end = clock.Mark();
        try
        {
            var (measurements, quality) = DeviceMeasurement.Of(activations, logits, set.Labels);
            return new Taken(measurements, options.ByClass ? ClassMeasurement.Of(activations, ClassesOf(set)!) : [], quality, [(start, end)], probe.ReductionSeconds);
        }
        finally
        {
            foreach (var layer in activations)
            {
                layer.Matrix.Dispose();
            }
        }
    }

    private ProbeClasses? ClassesOf(ProbeBatch set) =>
        set.Labels is null ? options.ByClass ? throw BatchedMeasurement.NoLabels() : null : ProbeClasses.Of(set.Labels);

    private Taken InParts(IEnumerable<ProbeBatch> parts)
    {
        using var measurement = new BatchedMeasurement(probe, clock, options.ByClass);
        foreach (var part in parts)
        {
            measurement.Add(part);
        }

        return new Taken(measurement.Layers(), measurement.Classes(), measurement.Quality, measurement.Forwards, measurement.ReductionSeconds);
    }

    /// <summary>One moment's figures, and the clock's points around the forward passes with the seconds in them that were not the network's.</summary>
    private readonly record struct Taken(
        LayerMeasurement[] Layers, ClassMeasurement[] Classes, Classification Quality, IReadOnlyList<(int From, int To)> Forwards, double ReductionSeconds);
}
