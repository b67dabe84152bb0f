using System.Globalization;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>What a network is built from, apart from its input and output sizes.</summary>
/// <param name="Name">Name in the catalogue: <c>mlp_narrow</c>. What stands before the first underscore is the family.</param>
public abstract record ArchitectureSpec(string Name)
{
    /// <summary><c>mlp</c>, <c>cnn</c> or <c>transformer</c>.</summary>
    public string Family => Name.Split('_', 2)[0];

    /// <summary>The same with every hidden layer wider by a factor, rounded to at least one unit; the name stays.</summary>
    /// <exception cref="InputException">The architecture cannot be so wide: a transformer's heads do not divide its width, or its network is built by a function.</exception>
    public abstract ArchitectureSpec Widened(double factor);

    /// <summary>A size times a factor.</summary>
    private protected static int Wider(int size, double factor) => Math.Max(1, (int)Math.Round(size * factor));
}

/// <summary>Fully connected ReLU network.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="Hidden">Units of each hidden layer.</param>
public sealed record MlpSpec(string Name, IReadOnlyList<int> Hidden) : ArchitectureSpec(Name)
{
    /// <inheritdoc/>
    public override ArchitectureSpec Widened(double factor) => this with { Hidden = [.. Hidden.Select(size => Wider(size, factor))] };
}

/// <summary>Convolutional network: 3×3 convolution with padding 1, ReLU and 2×2 max-pooling per entry, then one linear head on the flattened map.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="Channels">Output channels of each convolution.</param>
public sealed record CnnSpec(string Name, IReadOnlyList<int> Channels) : ArchitectureSpec(Name)
{
    /// <inheritdoc/>
    public override ArchitectureSpec Widened(double factor) => this with { Channels = [.. Channels.Select(size => Wider(size, factor))] };
}

/// <summary>Transformer encoder: post-norm, ReLU, feed-forward 4·width, mean over tokens, linear head.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="Width">Size d of a token.</param>
/// <param name="Layers">Encoder layers.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Dropout">Dropout probability in training mode.</param>
public sealed record TransformerSpec(string Name, int Width, int Layers, int Heads = 4, double Dropout = 0.1) : ArchitectureSpec(Name)
{
    /// <summary>Hidden units of each feed-forward block.</summary>
    public int FeedForward => 4 * Width;

    /// <inheritdoc/>
    public override ArchitectureSpec Widened(double factor)
    {
        var width = Wider(Width, factor);
        return width % Heads == 0
            ? this with { Width = width }
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"architecture {Name} of {factor} times the width has tokens of {width} values, which {Heads} heads do not divide"));
    }

    /// <summary>
    /// Into how many tokens an input of <paramref name="inputSize"/> values is cut: its divisor nearest 16, the smaller one on a
    /// tie (784 → 16 tokens of 49; 100 → 20 tokens of 5). Study, §1.
    /// </summary>
    public static int TokensFor(int inputSize) =>
        Enumerable.Range(1, inputSize).Where(n => inputSize % n == 0).MinBy(n => Math.Abs(n - 16));
}

/// <summary>A network of your own, to be run like the catalogue's: trained, measured and recorded under its name.</summary>
/// <param name="Name">Name in records; what stands before the first underscore is the family.</param>
/// <param name="Build">
/// Makes the network for inputs of a shape, drawing its weights from torch's global generator; it maps [n, size] to logits [n, classes]. At least one module has
/// to be a Linear or a Conv2d, since these are measured.
/// </param>
public sealed record CustomSpec(string Name, Func<InputShape, nn.Module<Tensor, Tensor>> Build) : ArchitectureSpec(Name)
{
    /// <inheritdoc/>
    public override ArchitectureSpec Widened(double factor) => throw new InputException($"architecture {Name} is built by a function, which says its width itself");
}
