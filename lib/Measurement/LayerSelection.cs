using System.IO.Enumeration;
using Ndt.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>Which modules of a network are measured.</summary>
public sealed class LayerSelection
{
    private readonly Func<string, nn.Module, bool> includes;
    private readonly Func<string, bool> insists;

    private LayerSelection(Func<string, nn.Module, bool> includes, Func<string, bool>? insists = null)
    {
        this.includes = includes;
        this.insists = insists ?? (_ => false);
    }

    /// <summary>Every Linear and Conv2d module, as in the study.</summary>
    public static LayerSelection LinearAndConvolution { get; } = OfTypes(typeof(Linear), typeof(LinearLayer), typeof(Conv2d));

    /// <summary>Modules of the given types.</summary>
    public static LayerSelection OfTypes(params Type[] types) => new((_, module) => Array.Exists(types, type => type.IsInstanceOfType(module)));

    /// <summary>
    /// Modules whose path matches one of the patterns, in which <c>*</c> stands for any characters: <c>transformer.layers.*.linear1</c>. What a pattern with
    /// <c>*</c> finds is taken where it maps one tensor to one; a module that is named in full has to.
    /// </summary>
    public static LayerSelection Named(params string[] patterns) => new(
        (name, _) => Array.Exists(patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)),
        name => Array.Exists(patterns, pattern => pattern == name));

    /// <summary>Modules that a function chooses by path and module.</summary>
    public static LayerSelection Where(Func<string, nn.Module, bool> includes) => new(includes);

    /// <summary>
    /// The modules of a network that are chosen, and the paths of chosen ones that do not map one tensor to one. A network without modules is itself the one
    /// module, under the name of its type. Throws <see cref="InputException"/> when none is left, or a module named in full cannot be measured.
    /// </summary>
    internal (IReadOnlyList<HookedModule> Hooked, IReadOnlyList<string> LeftOut) In(nn.Module network)
    {
        var modules = Paths(network, "").ToArray();
        if (modules.Length == 0)
        {
            modules = [(network.GetType().Name, network)];
        }

        var unfit = modules.Where(m => includes(m.Name, m.Module) && m.Module is not nn.Module<Tensor, Tensor>).ToArray();
        var hooked = modules
            .Where(m => m.Module is nn.Module<Tensor, Tensor>)
            .GroupBy(m => m.Module, ReferenceEqualityComparer.Instance)
            .Select(names => new HookedModule(
                (nn.Module<Tensor, Tensor>)names.Key!,
                [.. names.Select(m => m.Name)],
                [.. names.Select(m => includes(m.Name, m.Module))]))
            .Where(module => module.Chosen.Contains(true))
            .ToArray();
        if (unfit.FirstOrDefault(m => hooked.Length == 0 || insists(m.Name)) is { Name: not null } refused)
        {
            throw new InputException($"module {refused.Name} ({refused.Module.GetType().Name}) does not map one tensor to one and cannot be measured");
        }

        return hooked.Length > 0
            ? (hooked, [.. unfit.Select(m => $"{m.Name} ({m.Module.GetType().Name})")])
            : throw new InputException($"no layer to measure; the network's modules are {string.Join(", ", modules.Select(m => m.Name))}");
    }

    // Depth first, as PyTorch lists them: where one module has several places, this is most often the order in which they run.
    private static IEnumerable<(string Name, nn.Module Module)> Paths(nn.Module module, string prefix) =>
        module.named_children().SelectMany(child => Paths(child.module, $"{prefix}{child.name}.").Prepend(($"{prefix}{child.name}", child.module)));
}
