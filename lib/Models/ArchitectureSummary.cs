using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>The study's description of an architecture, as its records hold it under <c>architecture_params</c>.</summary>
public static class ArchitectureSummary
{
    /// <summary>
    /// <c>depth</c>: hidden layers of an MLP, convolutions + 1, encoder layers; <c>width</c>, <c>min_width</c>, <c>max_width</c>: mean,
    /// least and largest of the hidden sizes (of a transformer d, d and 4·d); <c>num_params</c>; <c>connectivity</c>: parameters per
    /// unit, where the units are input, hidden and output ones (input channels and classes with a CNN, d times layers with a
    /// transformer). Of a <see cref="CustomSpec"/> only <c>num_params</c> is known.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Of(ArchitectureSpec spec, InputShape input, nn.Module network)
    {
        double parameters = network.parameters().Sum(p => p.numel());
        if (spec is CustomSpec)
        {
            return new SortedDictionary<string, double>(StringComparer.Ordinal) { ["num_params"] = parameters };
        }

        var (depth, sizes, width, units) = spec switch
        {
            MlpSpec mlp => (mlp.Hidden.Count, mlp.Hidden, mlp.Hidden.Average(), input.Size + mlp.Hidden.Sum() + input.Classes),
            CnnSpec cnn => (cnn.Channels.Count + 1, cnn.Channels, cnn.Channels.Average(), input.Channels + cnn.Channels.Sum() + input.Classes),
            TransformerSpec t => (t.Layers, [t.Width, t.FeedForward], t.Width, t.Width * t.Layers),
            _ => throw new NotSupportedException(spec.GetType().Name),
        };
        return new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["depth"] = depth,
            ["width"] = width,
            ["min_width"] = sizes.Min(),
            ["max_width"] = sizes.Max(),
            ["num_params"] = parameters,
            ["connectivity"] = parameters / units,
        };
    }
}
