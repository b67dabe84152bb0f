namespace Ndt.Statistics;

/// <summary>An estimate and its confidence interval.</summary>
/// <param name="Estimate">From all of the sample.</param>
/// <param name="Low">Lower end; NaN where the sample is too small for one.</param>
/// <param name="High">Upper end; NaN where the sample is too small for one.</param>
/// <param name="Count">Independent units of the sample.</param>
public readonly record struct JackknifeInterval(double Estimate, double Low, double High, int Count);
