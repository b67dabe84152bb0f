using System.IO.Enumeration;
using Ndt.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>Which modules of a network are measured.</summary>
public sealed class LayerSelection
{
    private readonly Func<string, nn.Module, bool> includes;

    private LayerSelection(Func<string, nn.Module, bool> includes) => this.includes = includes;

    /// <summary>Every Linear and Conv2d module, as in the study.</summary>
    public static LayerSelection LinearAndConvolution { get; } = OfTypes(typeof(Linear), typeof(LinearLayer), typeof(Conv2d));

    /// <summary>Modules of the given types.</summary>
    public static LayerSelection OfTypes(params Type[] types) => new((_, module) => Array.Exists(types, type => type.IsInstanceOfType(module)));

    /// <summary>Modules whose path matches one of the patterns, in which <c>*</c> stands for any characters: <c>transformer.layers.*.linear1</c>.</summary>
    public static LayerSelection Named(params string[] patterns) =>
        new((name, _) => Array.Exists(patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)));

    /// <summary>Modules that a function chooses by path and module.</summary>
    public static LayerSelection Where(Func<string, nn.Module, bool> includes) => new(includes);

    /// <summary>The modules of a network that are chosen; all must map one tensor to one. Throws <see cref="InputException"/> when there is none, or one that does not.</summary>
    internal IReadOnlyList<(string Name, nn.Module<Tensor, Tensor> Module)> In(nn.Module network)
    {
        var chosen = network.named_modules().Where(m => includes(m.name, m.module)).ToArray();
        if (chosen.Length == 0)
        {
            throw new InputException($"no layer to measure; the network's modules are {string.Join(", ", network.named_modules().Select(m => m.name))}");
        }

        return [.. chosen.Select(m => (m.name, m.module as nn.Module<Tensor, Tensor>
            ?? throw new InputException($"module {m.name} ({m.module.GetType().Name}) does not map one tensor to one and cannot be measured")))];
    }
}
