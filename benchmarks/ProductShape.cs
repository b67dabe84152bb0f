using System.Globalization;

namespace Ndt.Benchmarks;

/// <summary>A matrix product [m, k] × [k, n] as one of our networks makes it.</summary>
/// <param name="Use">Where it comes from.</param>
/// <param name="Layout">How the two factors lie in memory: n row by row, t column by column.</param>
/// <param name="M">Rows of the result.</param>
/// <param name="K">Columns of the first factor, rows of the second.</param>
/// <param name="N">Columns of the result.</param>
internal sealed record ProductShape(string Use, string Layout, int M, int K, int N)
{
    /// <summary>The products measured: those of an encoder of width 128 on 32 examples of 16 tokens, and those of MLPs on 32 examples.</summary>
    public static IReadOnlyList<ProductShape> All { get; } =
    [
        Forward("encoder, input projection", 512, 49, 128),
        Forward("encoder, attention's output", 512, 128, 128),
        Forward("encoder, attention's input", 512, 128, 384),
        Forward("encoder, linear1", 512, 128, 512),
        Forward("encoder, linear2", 512, 512, 128),
        Forward("encoder, linear1 on the probe", 2560, 128, 512),
        InputGradient("encoder, linear1", 512, 128, 512),
        WeightGradient("encoder, linear1", 512, 128, 512),
        Forward("mlp_verywide, first layer", 32, 784, 512),
        Forward("mlp_verywide, second layer", 32, 512, 512),
        Forward("mlp_verywide, second layer on the probe", 160, 512, 512),
        InputGradient("mlp_verywide, second layer", 32, 512, 512),
        WeightGradient("mlp_verywide, first layer", 32, 784, 512),
        Forward("mlp_narrow, first layer", 32, 784, 32),
    ];

    /// <summary>Multiplications and additions of one product.</summary>
    public double Operations => 2.0 * M * K * N;

    /// <summary>The name in the samples.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"{Use}: {M} × {K} × {N}");

    // Of a layer that maps [examples, inputs] to [examples, outputs] by weights [outputs, inputs]: y = xWᵀ, ∂x = ∂y·W, ∂W = ∂yᵀx.
    private static ProductShape Forward(string layer, int examples, int inputs, int outputs) => new(layer, "nt", examples, inputs, outputs);

    private static ProductShape InputGradient(string layer, int examples, int inputs, int outputs) =>
        new($"{layer}, gradient of its input", "nn", examples, outputs, inputs);

    private static ProductShape WeightGradient(string layer, int examples, int inputs, int outputs) =>
        new($"{layer}, gradient of its weights", "tn", outputs, examples, inputs);
}
