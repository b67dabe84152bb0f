namespace Ndt.Measurement;

/// <summary>A symmetric tridiagonal matrix.</summary>
/// <param name="Diagonal">[n], n ≥ 1.</param>
/// <param name="OffDiagonal">[n − 1].</param>
internal readonly record struct TridiagonalMatrix(double[] Diagonal, double[] OffDiagonal)
{
    /// <summary>Rows, n.</summary>
    public int Size => Diagonal.Length;
}
