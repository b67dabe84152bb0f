using System.Runtime.InteropServices;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Takes the activations of chosen layers on a probe set in one forward pass in evaluation mode, and reduces each to matrices
/// [samples, features].
/// </summary>
/// <remarks>
/// Outputs [n, features] are taken as they are. Outputs with more dimensions are averaged over all dimensions from the third on,
/// as in the study (<see cref="LayerView.Study"/>): a convolution map [n, c, h, w] over its places, but a token tensor [n, t, d]
/// over its <em>features</em>. Token tensors therefore also have their mean over tokens (<see cref="LayerView.TokenMean"/>).
/// Modules whose path ends in <c>out_proj</c> are attention's output projections, which the study never measured: they have the
/// token mean only. A layer that fires more than once in a forward pass is taken the first time.
/// </remarks>
public sealed class ActivationProbe : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly List<Action> removers = [];
    private readonly List<Buffer> buffers = [];
    private readonly HashSet<string> fired = [];
    private readonly List<(int From, int To)> reductions = [];
    private Action<ProbedLayer, Tensor>? keep;
    private int next;

    /// <summary>Hooks the chosen layers of a network, by default every Linear and Conv2d. The hooks cost next to nothing between captures, and go with <see cref="Dispose"/>.</summary>
    public ActivationProbe(nn.Module<Tensor, Tensor> network, LayerSelection? layers = null)
    {
        this.network = network;
        foreach (var (name, module) in (layers ?? LayerSelection.LinearAndConvolution).In(network))
        {
            var hook = module.register_forward_hook((_, _, output) =>
            {
                if (keep is not null && fired.Add(name))
                {
                    Take(name, output);
                }

                return output;
            });
            removers.Add(hook.remove);
        }
    }

    /// <summary>Where points are marked around the reduction of each layer's activations to matrices, if anywhere.</summary>
    internal DeviceClock? Clock { get; init; }

    /// <summary>Seconds that the last capture spent in reducing activations to matrices, within the forward pass, by <see cref="Clock"/>.</summary>
    internal double ReductionSeconds => reductions.Sum(pair => Clock!.Seconds(pair.From, pair.To));

    /// <summary>
    /// Runs the network on inputs [n, …] and returns its output (the caller's to dispose) and the activations of every chosen layer
    /// that fired, in order of depth. The network's mode is put back afterwards. The activations stay valid until the next capture.
    /// </summary>
    public (Tensor Output, IReadOnlyList<LayerActivations> Activations) Capture(Tensor inputs)
    {
        next = 0;
        var output = Run(inputs, KeepOnHost);
        return (output, [.. buffers.Take(next).Select(buffer => new LayerActivations(buffer.Layer, buffer.Values))]);
    }

    /// <summary>As <see cref="Capture"/>, leaving the activations where the network is: copies, which are the caller's to dispose.</summary>
    internal (Tensor Output, IReadOnlyList<DeviceActivations> Activations) CaptureOnDevice(Tensor inputs)
    {
        var taken = new List<DeviceActivations>();
        try
        {
            return (Run(inputs, KeepOnDevice), taken);
        }
        catch
        {
            taken.ForEach(layer => layer.Matrix.Dispose());
            throw;
        }

        // A copy, since a later layer may work in place; out of the scope that the module may have opened.
        void KeepOnDevice(ProbedLayer layer, Tensor matrix)
        {
            using var single = matrix.to(ScalarType.Float32);
            taken.Add(new DeviceActivations(layer, single.to(ScalarType.Float64).DetachFromDisposeScope()));
        }
    }

    /// <summary>Removes the hooks; the network is as it was.</summary>
    public void Dispose()
    {
        removers.ForEach(remove => remove());
        removers.Clear();
    }

    private Tensor Run(Tensor inputs, Action<ProbedLayer, Tensor> keepMatrix)
    {
        var wasTraining = network.training;
        using var guard = no_grad();
        network.eval();
        fired.Clear();
        reductions.Clear();
        keep = keepMatrix;
        try
        {
            return network.call(inputs);
        }
        finally
        {
            keep = null;
            network.train(wasTraining);
        }
    }

    private void Take(string name, Tensor output)
    {
        var start = Clock?.Mark() ?? 0;
        var depth = fired.Count - 1;
        if (output.dim() < 2)
        {
            throw new InputException($"layer {name}: its output has {output.dim()} dimension(s); a measurable output is [samples, features, …]");
        }

        if (output.dim() == 2)
        {
            Store(name, LayerView.Study, depth, output);
        }
        else
        {
            if (!name.EndsWith("out_proj", StringComparison.Ordinal))
            {
                using var reduced = output.mean([.. Enumerable.Range(2, (int)output.dim() - 2).Select(d => (long)d)]);
                Store(name, LayerView.Study, depth, reduced);
            }

            if (output.dim() == 3)
            {
                using var reduced = output.mean([1L]);
                Store(name, LayerView.TokenMean, depth, reduced);
            }
        }

        if (Clock is not null)
        {
            reductions.Add((start, Clock.Mark()));
        }
    }

    private void Store(string name, string view, int depth, Tensor matrix) =>
        keep!(new ProbedLayer(name, view, depth, (int)matrix.shape[0], (int)matrix.shape[1]), matrix);

    private void KeepOnHost(ProbedLayer layer, Tensor matrix)
    {
        if (next == buffers.Count)
        {
            buffers.Add(new Buffer(layer));
        }
        else if (buffers[next].Layer != layer)
        {
            buffers[next] = new Buffer(layer);
        }

        var target = buffers[next].Values.AsSpan();
        if (matrix.dtype == ScalarType.Float32 && matrix.device_type == TorchSharp.DeviceType.CPU && matrix.is_contiguous())
        {
            MemoryMarshal.Cast<byte, float>(matrix.bytes).CopyTo(target);
        }
        else
        {
            using var values = matrix.to(ScalarType.Float32).cpu().contiguous();
            MemoryMarshal.Cast<byte, float>(values.bytes).CopyTo(target);
        }

        next++;
    }

    private sealed class Buffer(ProbedLayer layer)
    {
        public ProbedLayer Layer { get; } = layer;

        public float[] Values { get; } = new float[layer.Samples * layer.Features];
    }
}
