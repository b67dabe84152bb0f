using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) over flat buffers; with a weight decay AdamW (Loshchilov and Hutter 2019, algorithm 2), which shrinks the weights by α·λ before each update, apart from the
/// gradient. The update is one pass (<see cref="AdamUpdate"/>).
/// </summary>
/// <remarks>Parameters are float32 and trainable, all on one device; frozen ones are left alone. On other devices than the CPU the same update runs as a handful of tensor operations on the flat buffers.</remarks>
public sealed class FlatAdam : FlatOptimiser
{
    /// <summary>An optimiser for the trainable parameters of a module. Moves their storage into one flat buffer: make it before anything else keeps views of them.</summary>
    public FlatAdam(nn.Module module, AdamOptions options)
        : this(module, options, asTensors: null)
    {
    }

    /// <summary>As above; <paramref name="asTensors"/> says whether updates are tensor operations, by default anywhere but on the CPU.</summary>
    internal FlatAdam(nn.Module module, AdamOptions options, bool? asTensors)
        : base(module, ["exp_avg", "exp_avg_sq"], asTensors) => Options = options;

    /// <summary>The parameters of Adam.</summary>
    public AdamOptions Options { get; }

    private AdamOptions Now => Options with { LearningRate = Options.LearningRate * RateFactor };

    private protected override void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second) =>
        AdamUpdate.Apply(Now, Step, parameters, gradient, first, second);

    private protected override void Apply(Tensor parameters, Tensor gradient, Tensor[] moments)
    {
        var (options, first, second) = (Now, moments[0], moments[1]);
        if (options.WeightDecay != 0)
        {
            parameters.Times_(1 - (options.LearningRate * options.WeightDecay));
        }

        first.lerp_(gradient, 1 - options.Beta1);
        second.Times_(options.Beta2).AddProduct_(gradient, gradient, 1 - options.Beta2);
        var denominator = second.sqrt().Over_(Math.Sqrt(1 - Math.Pow(options.Beta2, Step))).Add_(options.Epsilon);
        parameters.AddQuotient_(first, denominator, -options.LearningRate / (1 - Math.Pow(options.Beta1, Step)));
    }
}
