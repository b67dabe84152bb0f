using BenchmarkDotNet.Attributes;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Benchmarks.Parts;

/// <summary>
/// Ways from an activation matrix [160, features] in single precision to its two spectra, uncentred and centred, in double
/// precision. The widths are those that the architectures have: 10 classes, 16 tokens, hidden units, channels, token widths.
/// </summary>
public class SpectrumRoutes
{
    private const int Samples = 160;

    private float[] matrix = [];

    /// <summary>Columns of the matrix.</summary>
    [Params(10, 16, 24, 32, 64, 128, 256, 512, 1024)]
    public int Features { get; set; }

    /// <summary>A matrix as activations are: a mean, and directions of unequal strength.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        TorchProcess.Prepare(threads: 1);
        Control.UseSingleThread();
        var random = new MersenneTwister(Features, threadSafe: false);
        matrix = new float[Samples * Features];
        for (var i = 0; i < matrix.Length; i++)
        {
            var (a, b) = (1 - random.NextDouble(), random.NextDouble());
            var normal = Math.Sqrt(-2 * Math.Log(a)) * Math.Cos(2 * Math.PI * b);
            matrix[i] = (float)(1 + (normal / Math.Sqrt(1 + (i % Features))));
        }
    }

    /// <summary>What Ndt does.</summary>
    [Benchmark(Description = "ActivationSpectra")]
    public double ActivationSpectra()
    {
        var spectra = Measurement.ActivationSpectra.Of(matrix, Samples, Features);
        return spectra.Uncentred.SingularValues[0] + spectra.Centred.SingularValues[0];
    }

    /// <summary>libtorch's singular values, without vectors.</summary>
    [Benchmark(Description = "SVD, TorchSharp")]
    public double TorchSvd() => WithTorch(linalg.svdvals);

    /// <summary>libtorch's product of the smaller side, and its eigenvalues.</summary>
    [Benchmark(Description = "Gram + eigvalsh, TorchSharp")]
    public double TorchGram() => WithTorch(a => linalg.eigvalsh(Features <= Samples ? a.t().mm(a) : a.mm(a.t())));

    /// <summary>Math.NET's singular values, without vectors, by its managed provider.</summary>
    [Benchmark(Description = "SVD, Math.NET")]
    public double MathNetSvd()
    {
        var a = Matrix<double>.Build.DenseOfRowMajor(Samples, Features, Array.ConvertAll(matrix, value => (double)value));
        var mean = a.ColumnSums() / Samples;
        var centred = Matrix<double>.Build.Dense(Samples, Features, (i, j) => a[i, j] - mean[j]);
        return a.Svd(computeVectors: false).S[0] + centred.Svd(computeVectors: false).S[0];
    }

    private double WithTorch(Func<Tensor, Tensor> values)
    {
        using var scope = NewDisposeScope();
        var a = tensor(matrix, [Samples, Features]).to(ScalarType.Float64);
        var centred = a - a.mean([0L], keepdim: true);
        return values(a)[0].item<double>() + values(centred)[0].item<double>();
    }
}
