using Ndt.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>
/// The study's transformer: the input vector cut into equal pieces, each projected to d (<c>input_proj</c>), a learned position
/// added (<c>pos_encoder</c> [1, tokens, d], drawn from N(0, 1)), the encoder (<c>transformer.layers.…</c>), the mean over tokens,
/// a linear head (<c>fc</c>).
/// </summary>
public sealed class TransformerClassifier : nn.Module<Tensor, Tensor>
{
    private readonly int tokens;
    private readonly LinearLayer input_proj;
    private readonly Parameter pos_encoder;
    private readonly TransformerEncoder transformer;
    private readonly LinearLayer fc;

    /// <summary>A network drawn from torch's global generator.</summary>
    public TransformerClassifier(TransformerSpec spec, InputShape input) : base(nameof(TransformerClassifier))
    {
        tokens = TransformerSpec.TokensFor(input.Size);
        input_proj = new LinearLayer(input.Size / tokens, spec.Width);
        pos_encoder = new Parameter(randn(1, tokens, spec.Width));
        transformer = new TransformerEncoder(spec);
        fc = new LinearLayer(spec.Width, input.Classes);
        RegisterComponents();
    }

    /// <summary>Logits [n, classes] of inputs [n, size].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var pieces = input.reshape(input.shape[0], tokens, -1);
        var encoded = transformer.call(input_proj.call(pieces).Plus(pos_encoder));
        return fc.call(encoded.mean([1])).MoveToOuterDisposeScope();
    }
}
