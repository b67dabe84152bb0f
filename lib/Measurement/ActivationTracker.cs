using Ndt.Models;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Follows the dimensionality of a network's activations while it trains: attach it to any TorchSharp module, tell it after every
/// optimiser step, and read the history.
/// </summary>
/// <remarks>
/// It keeps figures, not activations: per measurement 14 numbers for each layer and view. It measures in evaluation mode and
/// without gradients, draws no random numbers, and leaves the network, its mode and its gradients as they are, so that tracking
/// does not change training.
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
    private readonly Tensor inputs;
    private readonly Tensor? labels;
    private readonly DeviceClock clock;
    private double forwardSeconds;
    private double totalSeconds;

    /// <summary>
    /// Attaches to a network.
    /// </summary>
    /// <param name="network">Any module that maps one tensor to one.</param>
    /// <param name="inputs">The probe set [n, …], on the network's device; the tracker neither changes nor disposes it.</param>
    /// <param name="options">What to measure, and how often.</param>
    /// <param name="labels">Classes [n] (int64) of the probe set; with them, and logits [n, classes] as the network's output, every point holds the probe's loss and accuracy.</param>
    public ActivationTracker(nn.Module<Tensor, Tensor> network, Tensor inputs, TrackerOptions? options = null, Tensor? labels = null)
    {
        this.options = options ?? new TrackerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Every, 1, nameof(options));
        this.inputs = inputs;
        this.labels = labels;
        clock = DeviceClock.Of(inputs.device);
        MeasuresOnDevice = inputs.device_type != TorchSharp.DeviceType.CPU;
        probe = new ActivationProbe(network, this.options.Layers) { Clock = clock };
    }

    /// <summary>What has been measured; set it to go on with the history of a run that is resumed.</summary>
    public MeasurementHistory History { get; init; } = new();

    /// <summary>Whether spectra are computed where the network is, by tensor operations, as by default anywhere but on the CPU.</summary>
    internal bool MeasuresOnDevice { get; init; }

    /// <summary>What measuring has cost so far.</summary>
    public TrackerOverhead Overhead => new(History.Points.Count, forwardSeconds, totalSeconds - forwardSeconds);

    /// <summary>Whether a measurement is due after this step.</summary>
    public bool IsDue(int step) => step % options.Every == 0;

    /// <summary>Measures the state before any update, as step −1.</summary>
    public void MeasureInitialState() => Measure(-1, 0, double.NaN, double.NaN, inputs, labels);

    /// <summary>
    /// Tells the tracker that a step is done; measures when one is due.
    /// </summary>
    /// <param name="step">Index of the step, from 0.</param>
    /// <param name="loss">The step's training loss, for the record.</param>
    /// <param name="gradientNorm">The step's gradient norm, for the record.</param>
    /// <param name="epoch">The step's pass over the training set, from 1.</param>
    /// <exception cref="NonFiniteActivationsException">A layer's activations hold NaN or infinity. The history keeps what was measured before.</exception>
    public void AfterStep(int step, double loss = double.NaN, double gradientNorm = double.NaN, int epoch = 0)
    {
        if (IsDue(step))
        {
            Measure(step, epoch, loss, gradientNorm, inputs, labels);
        }
    }

    /// <summary>Measures now, on another probe set of the same size: for controls that draw a fresh one each time.</summary>
    public void Measure(int step, int epoch, double loss, double gradientNorm, Tensor probeInputs, Tensor? probeLabels)
    {
        clock.Restart();
        var start = clock.Mark();
        var (measurements, quality, forward) = MeasuresOnDevice ? OnDevice(probeInputs, probeLabels) : OnHost(probeInputs, probeLabels);
        History.Add(new MeasurementPoint(step, step + 1, epoch, loss, gradientNorm, quality.Loss, quality.Accuracy), measurements);
        var end = clock.Mark();
        forwardSeconds += clock.Seconds(start, forward) - probe.ReductionSeconds;
        totalSeconds += clock.Seconds(start, end);
    }

    /// <summary>Detaches: the hooks are removed, the history stays.</summary>
    public void Dispose()
    {
        probe.Dispose();
        clock.Dispose();
    }

    // Each with the point of the clock at which the forward pass was done.
    private (LayerMeasurement[] Layers, Classification Quality, int Forward) OnHost(Tensor probeInputs, Tensor? probeLabels)
    {
        var (output, activations) = probe.Capture(probeInputs);
        using var logits = output;
        var forward = clock.Mark();
        var measurements = LayerMeasurement.OfAll(activations);
        return (measurements, probeLabels is null ? Classification.Unknown : Classification.Of(logits, probeLabels), forward);
    }

    private (LayerMeasurement[] Layers, Classification Quality, int Forward) OnDevice(Tensor probeInputs, Tensor? probeLabels)
    {
        var (output, activations) = probe.CaptureOnDevice(probeInputs);
        using var logits = output;
        var forward = clock.Mark();
        try
        {
            var (measurements, quality) = DeviceMeasurement.Of(activations, logits, probeLabels);
            return (measurements, quality, forward);
        }
        finally
        {
            foreach (var layer in activations)
            {
                layer.Matrix.Dispose();
            }
        }
    }
}
