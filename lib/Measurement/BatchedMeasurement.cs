using Ndt.Models;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>Measures a probe set part by part: the sums of all layers are kept, never the activations.</summary>
internal sealed class BatchedMeasurement(ActivationProbe probe, DeviceClock clock, bool byClass) : IDisposable
{
    private const int WholeSet = -1;

    private readonly Dictionary<(string Name, string View, int Class), RunningMoments> moments = [];
    private readonly List<(ProbedLayer Layer, RunningMoments Moments)> layers = [];
    private readonly SortedDictionary<int, List<RunningMoments>> classes = [];
    private readonly List<(int From, int To)> forwards = [];
    private double loss;
    private double right;
    private long examples;
    private bool? labelled;

    /// <summary>The clock's points around each forward pass.</summary>
    public IReadOnlyList<(int From, int To)> Forwards => forwards;

    /// <summary>Seconds in the forward passes that went into reducing activations to matrices.</summary>
    public double ReductionSeconds { get; private set; }

    /// <summary>How well the network answers all parts so far; unknown without labels.</summary>
    public Classification Quality => labelled == true ? new Classification(loss / examples, right / examples) : Classification.Unknown;

    /// <summary>Takes one part in.</summary>
    public void Add(ProbeBatch batch)
    {
        if (labelled is { } before && before != (batch.Labels is not null))
        {
            throw new InputException("some parts of the probe set have labels and some have none");
        }

        labelled = batch.Labels is not null;
        if (byClass && labelled == false)
        {
            throw NoLabels();
        }

        var start = clock.Mark();
        var (output, activations) = probe.CaptureOnDevice(batch.Inputs);
        using var logits = output;
        forwards.Add((start, clock.Mark()));
        ReductionSeconds += probe.ReductionSeconds;
        try
        {
            (long Number, long[] Rows)[] own = [];
            if (batch.Labels is { } labels)
            {
                var quality = Classification.Of(logits, labels);
                own = byClass ? [.. ProbeClasses.Of(labels).Rows()] : [];
                var count = labels.shape[0];
                examples += count;
                loss += quality.Loss * count;
                right += quality.Accuracy * count;
            }

            foreach (var (layer, matrix) in activations)
            {
                Of(layer, WholeSet).Add(matrix);
                foreach (var (number, rows) in own)
                {
                    using var index = tensor(rows, device: matrix.device);
                    using var examplesOfClass = matrix.index_select(0, index);
                    Of(layer, (int)number).Add(examplesOfClass);
                }
            }
        }
        finally
        {
            foreach (var layer in activations)
            {
                layer.Matrix.Dispose();
            }
        }
    }

    /// <summary>The figures of every layer, in order of depth.</summary>
    /// <exception cref="InputException">There was no part.</exception>
    public LayerMeasurement[] Layers() => layers.Count == 0 ? throw new InputException("the probe set has no parts") : [.. layers.Select(layer => layer.Moments.Measure())];

    /// <summary>The figures of every class, layer by layer.</summary>
    public ClassMeasurement[] Classes() => [.. classes.SelectMany(pair => pair.Value.Select(own => new ClassMeasurement(pair.Key, own.Measure())))];

    /// <summary>Where <see cref="TrackerOptions.ByClass"/> is asked for and there are no labels.</summary>
    internal static InputException NoLabels() => new("ByClass needs labels of the probe set");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var own in moments.Values)
        {
            own.Dispose();
        }
    }

    private RunningMoments Of(ProbedLayer layer, int number)
    {
        if (moments.TryGetValue((layer.Name, layer.View, number), out var known))
        {
            return known;
        }

        var made = moments[(layer.Name, layer.View, number)] = new RunningMoments(layer);
        if (number == WholeSet)
        {
            layers.Add((layer, made));
        }
        else if (!classes.TryGetValue(number, out var own))
        {
            classes[number] = [made];
        }
        else
        {
            own.Add(made);
        }

        return made;
    }
}
