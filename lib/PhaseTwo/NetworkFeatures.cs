using System.Globalization;
using System.Runtime.InteropServices;
using Ndt.Checkpoints;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Similarity;
using Ndt.Torch;
using Ndt.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.PhaseTwo;

/// <summary>A network at one moment: its weights, and what its layers and attention heads make of a probe set. The only file of this room that mentions TorchSharp.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="Layers">The hidden layers and, last, the output layer, in order of depth.</param>
/// <param name="Heads">The attention heads by layer, then head; empty where there are none.</param>
public sealed record NetworkFeatures(Checkpoint Weights, IReadOnlyList<LayerFeatures> Layers, IReadOnlyList<AttentionHead> Heads)
{
    /// <summary>Examples of the probe set: as many as a measurement takes.</summary>
    public static int ProbeSize => Protocol.Study.ProbeSize;

    /// <summary>The features of a saved state.</summary>
    /// <param name="architecture">The network's architecture.</param>
    /// <param name="checkpointPath">Its checkpoint.</param>
    /// <param name="probe">The data whose first <see cref="ProbeSize"/> validation examples are the probe set: the same for networks that are to be compared.</param>
    /// <param name="device">Where the network runs: <c>cpu</c>, <c>cuda</c> or <c>auto</c>.</param>
    /// <exception cref="InputException">The file is no checkpoint of this architecture.</exception>
    public static NetworkFeatures Read(ArchitectureSpec architecture, string checkpointPath, TrainingData probe, string device = "cpu")
    {
        var checkpoint = CheckpointFile.Read(checkpointPath);
        try
        {
            return Of(architecture, network => TorchTensors.Restore(network, checkpoint), probe, TorchDevice.Find(device));
        }
        catch (InputException e)
        {
            throw new InputException($"{checkpointPath}: {e.Message}", e);
        }
    }

    /// <summary>The features of the network that a run of this seed begins with: random features.</summary>
    public static NetworkFeatures Untrained(ArchitectureSpec architecture, int seed, TrainingData probe, string device = "cpu")
    {
        TorchNative.EnsureLoaded();
        manual_seed(seed);
        return Of(architecture, _ => { }, probe, TorchDevice.Find(device));
    }

    private static NetworkFeatures Of(ArchitectureSpec architecture, Action<nn.Module> prepare, TrainingData data, Device device)
    {
        TorchProcess.Prepare(threads: 1);
        TorchProcess.PrepareDevice(device, deterministic: true);
        if (data.ValidationLabels.Length < ProbeSize)
        {
            throw new InputException($"the probe set wants {ProbeSize} examples; {data.Dataset} has {data.ValidationLabels.Length}");
        }

        using var scope = NewDisposeScope();
        using var network = Network.Create(architecture, new InputShape(data.Channels, data.Height, data.Width, data.Classes));
        prepare(network);
        network.to(device);
        using var probe = new ActivationProbe(network);
        var heads = new List<AttentionHead>();
        foreach (var (name, attention) in network.named_modules().Select(m => (m.name, Module: m.module as SelfAttention)).Where(m => m.Module is not null))
        {
            var layer = int.Parse(name.Split('.')[^2], CultureInfo.InvariantCulture);
            attention!.register_forward_hook((_, input, output) =>
            {
                using var weights = attention.Weights(input);
                heads.AddRange(HeadsOf(layer, weights));
                return output;
            });
        }

        using var inputs = AlignedTensor.Of(data.ValidationInputs[..(ProbeSize * data.InputSize)], [ProbeSize, data.InputSize], device);
        var (output, activations) = probe.Capture(inputs);
        output.Dispose();
        return new NetworkFeatures(
            new Checkpoint { Model = TorchTensors.StateOf(network) },
            [.. activations.GroupBy(layer => layer.Layer.Name).Select(views => Features(views.FirstOrDefault(view => view.Layer.View == LayerView.TokenMean, views.First())))],
            heads);
    }

    private static LayerFeatures Features(LayerActivations activations) => new(
        activations.Layer, Matrix.FromSingles(activations.Layer.Samples, activations.Layer.Features, activations.Matrix.Span), LayerMeasurement.Of(activations));

    // [n, heads, t, t], with one stretch per head after the first two dimensions change places.
    private static AttentionHead[] HeadsOf(int layer, Tensor weights)
    {
        var (samples, heads, tokens) = ((int)weights.shape[0], (int)weights.shape[1], (int)weights.shape[2]);
        using var scope = NewDisposeScope();
        var byHead = weights.transpose(0, 1).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(byHead.bytes).ToArray();
        var size = samples * tokens * tokens;
        return Enumerable.Range(0, heads).Select(head =>
            new AttentionHead(layer, head, tokens, Matrix.FromSingles(samples * tokens, tokens, values.AsSpan(head * size, size)))).ToArray();
    }
}
