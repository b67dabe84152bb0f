using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Spectra of many activation matrices as tensor operations that run on any device: Gram matrices batched by the matrices' shape,
/// eigenvalues by the Gram matrices' size. The sibling of <see cref="ActivationSpectra"/>, which is faster on the CPU.
/// </summary>
internal static class DeviceSpectra
{
    /// <summary>
    /// For each matrix [samples, features] (float64) the eigenvalues of its smaller Gram matrix, as a tensor [2, min(samples, features)]
    /// in float64 on the same device: first of the matrix as it stands, then with every feature's mean over the samples removed.
    /// </summary>
    /// <remarks>
    /// Nothing is brought to the host, but for libtorch's own look, once for each size of Gram matrix, whether the solver converged.
    /// As with every Gram route singular values below about 1e-8 of the largest are rounding noise, here also where the mean is that
    /// much larger than the spread. Samples that are all equal have a centred spectrum of noughts. A matrix with a value that is not finite gives NaN; an empty one an empty tensor.
    /// </remarks>
    public static Tensor[] GramEigenvalues(IReadOnlyList<Tensor> matrices)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var result = new Tensor[matrices.Count];
        foreach (var size in Enumerable.Range(0, matrices.Count).GroupBy(i => Math.Min(matrices[i].shape[0], matrices[i].shape[1])))
        {
            var shapes = size.GroupBy(i => (matrices[i].shape[0], matrices[i].shape[1])).Select(group => group.ToArray()).ToArray();
            var eigenvalues = size.Key == 0
                ? zeros([size.Count(), 2, 0], ScalarType.Float64, matrices[size.First()].device)
                : Solve([.. shapes.Select(group => stack([.. group.Select(i => matrices[i])]))]);
            foreach (var (index, place) in shapes.SelectMany(group => group).Select((index, place) => (index, place)))
            {
                result[index] = eigenvalues[place].MoveToOuterDisposeScope();
            }
        }

        return result;
    }

    // From stacks [k, samples, features] whose Gram matrices are of one size m to [Σk, 2, m].
    private static Tensor Solve(Tensor[] stacks)
    {
        var finite = cat([.. stacks.Select(x => x.isfinite().flatten(1).all(1))]).view(-1, 1, 1);
        // Where the solver would meet NaN it gets a matrix of noughts instead, and the answer is made NaN afterwards: nothing has to wait for the test.
        var grams = cat([.. stacks.Select(Grams)]);
        var solved = linalg.eigvalsh(where(finite.unsqueeze(-1), grams, zeros_like(grams)));
        return where(finite, solved, TensorArithmetic.Full(solved, double.NaN));
    }

    // [k, samples, features] to [k, 2, m, m].
    private static Tensor Grams(Tensor x)
    {
        // Centring samples that are all equal would leave the rounding of the mean, which has a rank like any other matrix.
        var areEqual = (x == x.narrow(1, 0, 1)).flatten(1).all(1).view(-1, 1, 1);
        var both = stack([x, where(areEqual, zeros_like(x), x - x.mean([1L], keepdim: true))], 1);
        return x.shape[2] <= x.shape[1] ? both.transpose(-2, -1).matmul(both) : both.matmul(both.transpose(-2, -1));
    }
}
