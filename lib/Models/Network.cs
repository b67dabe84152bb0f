using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>Builds the network of a spec.</summary>
public static class Network
{
    /// <summary>A network drawn from torch's global generator (seed it first); it maps [n, size] to logits [n, classes].</summary>
    public static nn.Module<Tensor, Tensor> Create(ArchitectureSpec spec, InputShape input) => spec switch
    {
        MlpSpec mlp => new Mlp(mlp, input),
        CnnSpec cnn => new Cnn(cnn, input),
        TransformerSpec transformer => new TransformerClassifier(transformer, input),
        CustomSpec custom => custom.Build(input),
        _ => throw new NotSupportedException(spec.GetType().Name),
    };
}
