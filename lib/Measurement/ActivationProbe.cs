using System.Diagnostics;
using System.Runtime.InteropServices;
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
    private bool capturing;
    private int next;

    /// <summary>Hooks the chosen layers of a network, by default every Linear and Conv2d. The hooks cost next to nothing between captures, and go with <see cref="Dispose"/>.</summary>
    public ActivationProbe(nn.Module<Tensor, Tensor> network, LayerSelection? layers = null)
    {
        this.network = network;
        foreach (var (name, module) in (layers ?? LayerSelection.LinearAndConvolution).In(network))
        {
            var hook = module.register_forward_hook((_, _, output) =>
            {
                if (capturing && fired.Add(name))
                {
                    Take(name, output);
                }

                return output;
            });
            removers.Add(hook.remove);
        }
    }

    /// <summary>Seconds spent so far in reducing activations to matrices, within the forward passes.</summary>
    public double ReductionSeconds { get; private set; }

    /// <summary>
    /// Runs the network on inputs [n, …] and returns its output (the caller's to dispose) and the activations of every chosen layer
    /// that fired, in order of depth. The network's mode is put back afterwards. The activations stay valid until the next capture.
    /// </summary>
    public (Tensor Output, IReadOnlyList<LayerActivations> Activations) Capture(Tensor inputs)
    {
        var wasTraining = network.training;
        using var guard = no_grad();
        network.eval();
        fired.Clear();
        next = 0;
        capturing = true;
        try
        {
            var output = network.call(inputs);
            return (output, [.. buffers.Take(next).Select(buffer => new LayerActivations(buffer.Layer, buffer.Values))]);
        }
        finally
        {
            capturing = false;
            network.train(wasTraining);
        }
    }

    /// <summary>Removes the hooks; the network is as it was.</summary>
    public void Dispose()
    {
        removers.ForEach(remove => remove());
        removers.Clear();
    }

    private void Take(string name, Tensor output)
    {
        var start = Stopwatch.GetTimestamp();
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

        ReductionSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Store(string name, string view, int depth, Tensor matrix)
    {
        var layer = new ProbedLayer(name, view, depth, (int)matrix.shape[0], (int)matrix.shape[1]);
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
