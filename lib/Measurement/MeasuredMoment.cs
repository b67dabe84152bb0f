using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>What one measurement found: for a program that follows its training (<see cref="TrackerOptions.OnMeasured"/>).</summary>
/// <param name="Point">When, and how the training stood.</param>
/// <param name="Layers">Every layer in every view, in order of depth, in full precision.</param>
/// <param name="Classes">The same of the examples of each class alone, where <see cref="TrackerOptions.ByClass"/> asks for it; otherwise empty.</param>
public sealed record MeasuredMoment(MeasurementPoint Point, IReadOnlyList<LayerMeasurement> Layers, IReadOnlyList<ClassMeasurement> Classes);

/// <summary>A layer's figures on the examples of one class.</summary>
/// <param name="Class">The class, as the labels number it.</param>
/// <param name="Measurement">The figures; the layer's number of samples is that of the class.</param>
public readonly record struct ClassMeasurement(int Class, LayerMeasurement Measurement)
{
    /// <summary>Class after class, every layer. Throws <see cref="NonFiniteActivationsException"/> where a value is NaN or infinite.</summary>
    internal static ClassMeasurement[] Of(IReadOnlyList<LayerActivations> activations, ProbeClasses classes)
    {
        var parts = classes.Rows().SelectMany(own => activations.Select(layer => (own.Number, Activations: layer.Only(own.Rows)))).ToArray();
        return Numbered(parts.Select(part => part.Number), LayerMeasurement.OfAll([.. parts.Select(part => part.Activations)]));
    }

    /// <summary>The same where the network is.</summary>
    internal static ClassMeasurement[] Of(IReadOnlyList<DeviceActivations> activations, ProbeClasses classes)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var parts = new List<(long Number, DeviceActivations Activations)>();
        foreach (var (number, rows) in classes.Rows())
        {
            var index = tensor(rows, device: activations[0].Matrix.device);
            foreach (var (layer, matrix) in activations)
            {
                parts.Add((number, new DeviceActivations(layer with { Samples = rows.Length }, matrix.index_select(0, index))));
            }
        }

        return Numbered(parts.Select(part => part.Number), DeviceMeasurement.Of([.. parts.Select(part => part.Activations)]));
    }

    private static ClassMeasurement[] Numbered(IEnumerable<long> numbers, LayerMeasurement[] measurements) =>
        [.. numbers.Zip(measurements, (number, measurement) => new ClassMeasurement((int)number, measurement))];
}
