using Ndt.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>Which dimension of a module's output holds its features.</summary>
internal enum FeatureAxis
{
    /// <summary>The module does not say: an activation function, or a block of several modules, works on any layout.</summary>
    Unknown,

    /// <summary>The second: [n, features, places …].</summary>
    Second,

    /// <summary>The last: [n, places …, features].</summary>
    Last,
}

/// <summary>What kinds of modules say about their output.</summary>
internal static class FeatureAxes
{
    /// <summary>Where a module's features are.</summary>
    public static FeatureAxis Of(nn.Module module) => module switch
    {
        Linear or LinearLayer or LayerNorm or Embedding => FeatureAxis.Last,
        Convolution or BatchNorm or InstanceNorm or GroupNorm => FeatureAxis.Second,
        _ => FeatureAxis.Unknown,
    };
}
