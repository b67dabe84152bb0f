namespace Ndt.Measurement;

/// <summary>What one measurement found: for a program that follows its training (<see cref="TrackerOptions.OnMeasured"/>).</summary>
/// <param name="Point">When, and how the training stood.</param>
/// <param name="Layers">Every layer in every view, in order of depth, in full precision.</param>
/// <param name="Classes">The same of the examples of each class alone, where <see cref="TrackerOptions.ByClass"/> asks for it; otherwise empty.</param>
public sealed record MeasuredMoment(MeasurementPoint Point, IReadOnlyList<LayerMeasurement> Layers, IReadOnlyList<ClassMeasurement> Classes);

/// <summary>A layer's figures on the examples of one class.</summary>
/// <param name="Class">The class, as the labels number it.</param>
/// <param name="Measurement">The figures; the layer's number of samples is that of the class.</param>
public readonly record struct ClassMeasurement(int Class, LayerMeasurement Measurement);
