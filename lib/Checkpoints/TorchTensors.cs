using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Ndt.Checkpoints;

/// <summary>Between the tensors of a checkpoint and TorchSharp's; with <see cref="OptimiserCheckpoint"/> the only files of this room that mention TorchSharp.</summary>
public static class TorchTensors
{
    // In the order of ElementType; TorchSharp has none of the unsigned numbers beyond bytes and of those of 8 bits.
    private static readonly ScalarType?[] ScalarTypes =
    [
        ScalarType.Float64,
        ScalarType.Float32,
        ScalarType.Float16,
        ScalarType.BFloat16,
        ScalarType.Int64,
        ScalarType.Int32,
        ScalarType.Int16,
        ScalarType.Int8,
        ScalarType.Byte,
        ScalarType.Bool,
        null,
        null,
        null,
        null,
        null,
        ScalarType.ComplexFloat32,
        ScalarType.ComplexFloat64,
        null,
    ];

    /// <summary>A copy on the CPU, bit for bit, without gradient.</summary>
    /// <exception cref="InputException">TorchSharp has no such elements.</exception>
    public static Tensor ToTorch(this NamedTensor tensor)
    {
        var type = ScalarTypes[(int)tensor.Type] ?? throw new InputException($"The tensor {Printable.Quote(tensor.Name)} is of type {tensor.TypeName}, which TorchSharp has not.");
        var result = empty([.. tensor.Shape], type);
        if (tensor.Elements > 0)
        {
            tensor.Bytes.Span.CopyTo(result.bytes);
        }

        return result;
    }

    /// <summary>A copy of a tensor from any device, bit for bit, row-major.</summary>
    /// <exception cref="NotSupportedException">The element type is none of <see cref="ElementType"/>, such as a quantised one.</exception>
    public static NamedTensor ToNamed(this Tensor tensor, string name)
    {
        var type = Array.IndexOf(ScalarTypes, tensor.dtype);
        if (type < 0)
        {
            throw new NotSupportedException($"tensor {name} has elements of type {tensor.dtype}, which checkpoints do not hold");
        }

        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        return new NamedTensor(name, (ElementType)type, [.. tensor.shape], plain.numel() == 0 ? default : plain.bytes.ToArray());
    }

    /// <summary>A copy of a module's state dict, in its order.</summary>
    public static ImmutableArray<NamedTensor> StateOf(nn.Module module) =>
        [.. module.state_dict().Select(item => item.Value.ToNamed(item.Key))];

    /// <summary>
    /// Copies a checkpoint's model into a module. By default names, shapes and element types have to be the module's, no more and no
    /// fewer.
    /// </summary>
    /// <param name="module">The network, or a part of one.</param>
    /// <param name="checkpoint">Where the weights come from.</param>
    /// <param name="prefix">What stands before the module's names in the checkpoint, such as <c>module.</c> or <c>model.</c>; what does not begin so is left over, and that is no error.</param>
    /// <param name="strict">Whether a missing tensor, or one under the prefix that the module lacks, is an error.</param>
    /// <param name="cast">Whether elements are converted to the module's type (bfloat16 into float32, say) where they differ.</param>
    /// <returns>The module's tensors that stay as they were, and the checkpoint's that were not used.</returns>
    /// <exception cref="InputException">They do not fit; the module is unchanged then. The message says under which prefix they would.</exception>
    public static RestoredNames Restore(nn.Module module, Checkpoint checkpoint, string prefix = "", bool strict = true, bool cast = false)
    {
        var targets = module.state_dict();
        var sources = checkpoint.Model.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(tensor => tensor.Name[prefix.Length..]);
        var missing = targets.Keys.Where(name => !sources.ContainsKey(name)).ToImmutableArray();
        var leftOver = checkpoint.Model.Select(tensor => tensor.Name).Where(name => !name.StartsWith(prefix, StringComparison.Ordinal) || !targets.ContainsKey(name[prefix.Length..])).ToImmutableArray();
        var present = targets.Where(item => sources.ContainsKey(item.Key)).ToArray();
        if (strict && sources.Keys.FirstOrDefault(name => !targets.ContainsKey(name)) is { } unknown)
        {
            throw new InputException($"The checkpoint has the tensor {Printable.Quote(prefix + unknown)}, which the network lacks; it has {string.Join(", ", targets.Keys)}.{Hint(targets.Keys, checkpoint, prefix)}");
        }

        if ((strict && missing.Length > 0) || (present.Length == 0 && targets.Count > 0))
        {
            throw new InputException($"The checkpoint has no tensor {Printable.Quote(prefix + missing[0])}; it has {string.Join(", ", checkpoint.Model.Select(tensor => tensor.Name))}.{Hint(targets.Keys, checkpoint, prefix)}");
        }

        foreach (var (name, target) in present)
        {
            var source = sources[name];
            if (!target.shape.SequenceEqual(source.Shape) || (target.dtype != ScalarTypes[(int)source.Type] && !(cast && Converts(source, target))))
            {
                throw new InputException($"The checkpoint's tensor {Printable.Quote(source.Name)} is {source.TypeName} [{string.Join(", ", source.Shape)}]; the network's is {target.dtype} [{string.Join(", ", target.shape)}].{(target.shape.SequenceEqual(source.Shape) && !cast && Converts(source, target) ? " With cast: true its elements are converted." : "")}");
            }
        }

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, target) in present)
        {
            var source = sources[name];
            target.copy_(target.dtype == ScalarTypes[(int)source.Type] || ScalarTypes[(int)source.Type] is not null ? source.ToTorch() : tensor(source.ToDoubles()).view([.. source.Shape]));
        }

        return new RestoredNames(missing, leftOver);
    }

    /// <summary>A complex number has no real one in its place, nor has a text of bits.</summary>
    private static bool Converts(NamedTensor source, Tensor target) => source.Type.IsReal() && !target.is_complex();

    /// <summary>Under which prefix the checkpoint has the network's names, most of them at least, where it is another than the one tried.</summary>
    private static string Hint(IEnumerable<string> targets, Checkpoint checkpoint, string tried)
    {
        var names = checkpoint.Model.Select(tensor => tensor.Name).ToHashSet();
        var wanted = targets.ToArray();
        var best = wanted
            .Take(10)
            .SelectMany(target => names.Where(name => name.EndsWith("." + target, StringComparison.Ordinal)).Select(name => name[..^target.Length]))
            .Append("")
            .Distinct()
            .Where(prefix => prefix != tried)
            .OrderByDescending(prefix => wanted.Count(target => names.Contains(prefix + target)))
            .FirstOrDefault();
        return best is null || 2 * wanted.Count(target => names.Contains(best + target)) <= wanted.Length ? ""
            : best.Length == 0 ? " The weights seem to lie there without the prefix."
            : $" The weights seem to lie under `{Printable.Line(best.TrimEnd('.'))}`: try prefix: \"{Printable.Line(best)}\".";
    }
}
