using System.Globalization;
using System.Text.RegularExpressions;

namespace Ndt.Models;

/// <summary>The study's fifteen architectures, <c>transformer_wide</c>, which it planned and never ran (study, §1), and MLPs of any hidden sizes.</summary>
public static partial class ArchitectureCatalogue
{
    /// <summary>The form of names that say an MLP's hidden sizes, for help texts and messages.</summary>
    public const string HiddenSizes = "mlp_256_128 (an MLP of these hidden sizes)";

    /// <summary>All architectures, in the study's order.</summary>
    public static IReadOnlyList<ArchitectureSpec> All { get; } =
    [
        new MlpSpec("mlp_shallow_2", [128, 64]),
        new MlpSpec("mlp_medium_5", [64, 64, 64, 64, 32]),
        new MlpSpec("mlp_deep_10", [.. Enumerable.Repeat(32, 10)]),
        new MlpSpec("mlp_verydeep_15", [.. Enumerable.Repeat(24, 15)]),
        new MlpSpec("mlp_narrow", [32, 32, 32, 32]),
        new MlpSpec("mlp_medium", [128, 128, 64, 64]),
        new MlpSpec("mlp_wide", [256, 256, 128, 128]),
        new MlpSpec("mlp_verywide", [512, 512, 256, 256]),
        new CnnSpec("cnn_shallow", [32, 64]),
        new CnnSpec("cnn_medium", [32, 64, 128]),
        new CnnSpec("cnn_deep", [32, 64, 128, 256]),
        new TransformerSpec("transformer_shallow", Width: 128, Layers: 2),
        new TransformerSpec("transformer_medium", Width: 128, Layers: 4),
        new TransformerSpec("transformer_deep", Width: 128, Layers: 6),
        new TransformerSpec("transformer_narrow", Width: 64, Layers: 4),
        new TransformerSpec("transformer_wide", Width: 256, Layers: 4, Heads: 8),
    ];

    /// <summary>The architecture of a name: one of <see cref="All"/>, or <c>mlp_256_128</c> for an MLP of hidden sizes 256 and 128. Throws <see cref="InputException"/> naming the known ones.</summary>
    public static ArchitectureSpec Find(string name) =>
        All.FirstOrDefault(spec => spec.Name == name)
        ?? OfHiddenSizes(name)
        ?? throw new InputException($"unknown architecture {Printable.Quote(name)}; known: {string.Join(", ", All.Select(spec => spec.Name))}, and {HiddenSizes}{Nearest.Proposal(name, [.. All.Select(spec => spec.Name)])}");

    private static MlpSpec? OfHiddenSizes(string name)
    {
        if (!MlpOfSizes().IsMatch(name))
        {
            return null;
        }

        int[] sizes = [.. name.Split('_').Skip(1).Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        return new MlpSpec(name, sizes);
    }

    // No leading zero, so that one network has one name; five digits are wider than anything that trains here.
    [GeneratedRegex(@"\Amlp(?:_[1-9][0-9]{0,4})+\z")]
    private static partial Regex MlpOfSizes();
}
