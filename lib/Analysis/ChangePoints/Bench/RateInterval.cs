namespace Ndt.Analysis.ChangePoints.Bench;

/// <summary>A figure with its 95 % interval; NaN where it is not defined.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct RateInterval(double Value, double Low, double High);
