namespace Ndt.Analysis.ChangePoints.Bench;

/// <summary>A figure of the bench with its 95 % interval in closed form (a <see cref="Statistics.ConfidenceInterval"/> is one of resampling, with what repeats it); NaN where it is not defined.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct RateInterval(double Value, double Low, double High);
