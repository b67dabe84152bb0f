namespace Ndt.Arrays;

/// <summary>A matrix [samples, features] that an array became.</summary>
/// <param name="Samples">Rows.</param>
/// <param name="Features">Columns.</param>
/// <param name="Values">Its elements in row-major order.</param>
public readonly record struct ArrayMatrix(int Samples, int Features, double[] Values);
