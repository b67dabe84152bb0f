using Ndt.Models.Products;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Benchmarks;

/// <summary>
/// Matrix products in single precision at the shapes of our networks, on one thread: ours, libtorch's and NumPy's, in turn. Ours and
/// libtorch's each make a tensor for the result, as layers do; NumPy writes into an array that is there.
/// </summary>
internal static unsafe class MatrixProducts
{
    /// <summary>Name in the samples.</summary>
    public const string Name = "products";

    /// <summary>Seconds of a product by <see cref="MatrixProduct"/>.</summary>
    public const string Ours = "ours";

    /// <summary>Seconds of a product by libtorch.</summary>
    public const string Libtorch = "libtorch";

    /// <summary>Seconds of a product by NumPy.</summary>
    public const string NumPy = "NumPy";

    /// <summary>Times the processor's limit, then the products one after the other; where there is no NumPy, says so.</summary>
    public static void Run(SampleSet samples, BenchmarkOptions options)
    {
        TorchProcess.Prepare(threads: 1);
        ProcessorLimit.Run(samples, options);
        using var numpy = PythonProcess.IsThere(options.Python, "numpy") ? PythonProcess.Start(options.Python, "numpy_products.py") : null;
        if (numpy is null)
        {
            samples.LeaveOut($"products in NumPy: {options.Python} has no numpy (Debian: python3-numpy, and libopenblas0-pthread for a fast BLAS).");
        }
        else
        {
            samples.Note(Name, numpy.About);
        }

        if (!MatrixProduct.IsSupported)
        {
            samples.LeaveOut("products by ours: this processor has no AVX-512, so linear layers and attention take libtorch's.");
        }

        foreach (var shape in ProductShape.All)
        {
            using var scope = NewDisposeScope();
            manual_seed(0);
            var a = Factor(shape.Layout[0], shape.M, shape.K);
            var b = Factor(shape.Layout[1], shape.K, shape.N);
            // The clock beside each product: what else the machine does falls on both.
            List<Way> ways = [Way.Timed(Libtorch, count => Multiply(a, b, count)), ProcessorLimit.Cycles(shape.Operations / ProcessorLimit.OperationsPerCycle(units: 2))];
            if (MatrixProduct.IsSupported)
            {
                ways.Insert(0, Way.Timed(Ours, count => MultiplyByOurs(a, b, count)));
            }

            if (numpy is not null)
            {
                ways.Add(new Way([NumPy], count => [numpy.Seconds($"{shape.Layout},{shape.M},{shape.K},{shape.N}", count)]));
            }

            InTurn.Run(samples, Name, shape.Subject, options.Repeats, options.BlockSeconds / 10, options.Steps, granularity: 1, most: 100_000, [.. ways]);
        }
    }

    private static Tensor Factor(char layout, int rows, int columns) => layout == 't' ? randn(columns, rows).t() : randn(rows, columns);

    private static void Multiply(Tensor a, Tensor b, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var product = a.mm(b);
        }
    }

    private static void MultiplyByOurs(Tensor a, Tensor b, int count)
    {
        var (left, right) = (View(a), View(b));
        for (var i = 0; i < count; i++)
        {
            using var product = empty(a.shape[0], b.shape[1]);
            MatrixProduct.Multiply(left, right, TensorMemory.Matrix(product));
        }
    }

    // A factor that lies column by column is the transpose of one that lies row by row.
    private static MatrixView View(Tensor factor)
    {
        if (factor.is_contiguous())
        {
            return TensorMemory.Matrix(factor);
        }

        using var rows = factor.t();
        return TensorMemory.Matrix(rows).Transposed;
    }
}
