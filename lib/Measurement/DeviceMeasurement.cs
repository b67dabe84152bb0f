using System.Runtime.InteropServices;
using Ndt.Models;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>One moment's figures, computed where the network is and brought to the host in one transfer.</summary>
/// <param name="Layers">The layers, in the order of the activations.</param>
/// <param name="Quality">How well the logits answer; unknown without labels.</param>
internal readonly record struct DeviceMeasurement(LayerMeasurement[] Layers, Classification Quality)
{
    /// <summary>
    /// Measures activations, and logits [n, classes] against labels [n], whole numbers of any type, where there are labels. All tensors are on one device.
    /// </summary>
    /// <exception cref="NonFiniteActivationsException">A layer's activations hold NaN or infinity.</exception>
    public static DeviceMeasurement Of(IReadOnlyList<DeviceActivations> activations, Tensor logits, Tensor? labels)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        // Single precision and class numbers fit into float64 exactly.
        if (labels is not null)
        {
            Classification.RequireShapes(logits, labels);
        }

        var quality = labels is null ? [] : (Tensor[])[logits.to(ScalarType.Float32).to(ScalarType.Float64).flatten(), labels.to(ScalarType.Float64).flatten()];
        var eigenvalues = DeviceSpectra.GramEigenvalues([.. activations.Select(layer => layer.Matrix)]);
        var host = cat([.. eigenvalues.Select(pair => pair.flatten()), .. quality]).cpu();

        var rest = MemoryMarshal.Cast<byte, double>(host.bytes);
        var layers = new LayerMeasurement[activations.Count];
        for (var i = 0; i < layers.Length; i++)
        {
            var size = (int)eigenvalues[i].shape[1];
            var spectra = new ActivationSpectra(Spectrum.FromGramEigenvalues(rest[..size]), Spectrum.FromGramEigenvalues(rest[size..(2 * size)]));
            layers[i] = LayerMeasurement.Of(activations[i].Layer, spectra);
            rest = rest[(2 * size)..];
        }

        if (labels is null)
        {
            return new DeviceMeasurement(layers, Classification.Unknown);
        }

        var answers = host.narrow(0, host.numel() - logits.numel() - labels.numel(), logits.numel()).view(logits.shape).to(ScalarType.Float32);
        var truth = host.narrow(0, host.numel() - labels.numel(), labels.numel());
        return new DeviceMeasurement(layers, Classification.Of(answers, truth));
    }
}
