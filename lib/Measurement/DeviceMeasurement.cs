using System.Runtime.InteropServices;
using Ndt.Models;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>One moment's figures, computed where the network is and brought to the host in one transfer.</summary>
/// <param name="Layers">The layers, in the order of the activations.</param>
/// <param name="Quality">How well the logits answer; unknown without labels.</param>
internal readonly record struct DeviceMeasurement(LayerMeasurement[] Layers, Classification Quality)
{
    /// <summary>Measures activations alone. Throws as below.</summary>
    public static LayerMeasurement[] Of(IReadOnlyList<DeviceActivations> activations)
    {
        using var none = empty(0);
        return Of(activations, none, labels: null).Layers;
    }

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
        var classes = labels is null ? null : ProbeClasses.Of(labels);
        var moments = classes is null ? [] : activations.Select(layer => ClassMoments.Of(layer.Matrix, classes)).ToArray();
        var eigenvalues = DeviceSpectra.GramEigenvalues([.. activations.Select(layer => layer.Matrix)]);
        var host = cat([.. eigenvalues.Select(pair => pair.flatten()), .. moments.SelectMany(pair => new[] { pair.Products.flatten(), pair.SquaredNorms }), .. quality]).cpu();

        var rest = MemoryMarshal.Cast<byte, double>(host.bytes);
        var layers = new LayerMeasurement[activations.Count];
        for (var i = 0; i < layers.Length; i++)
        {
            var size = (int)eigenvalues[i].shape[1];
            var spectra = new ActivationSpectra(Spectrum.FromGramEigenvalues(rest[..size]), Spectrum.FromGramEigenvalues(rest[size..(2 * size)]));
            layers[i] = LayerMeasurement.Of(activations[i].Layer, spectra);
            rest = rest[(2 * size)..];
        }

        if (labels is null || classes is null)
        {
            return new DeviceMeasurement(layers, Classification.Unknown);
        }

        for (var i = 0; i < layers.Length; i++)
        {
            var samples = classes.Index.Length;
            var products = samples * classes.Count;
            layers[i] = layers[i] with { Classes = ClassGeometry.Of(new ClassMoments(rest[..products].ToArray(), rest.Slice(products, samples).ToArray()), classes) };
            rest = rest[(products + samples)..];
        }

        var answers = host.narrow(0, host.numel() - logits.numel() - labels.numel(), logits.numel()).view(logits.shape).to(ScalarType.Float32);
        var truth = host.narrow(0, host.numel() - labels.numel(), labels.numel());
        return new DeviceMeasurement(layers, Classification.Of(answers, truth));
    }
}
