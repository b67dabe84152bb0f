using System.Collections.Immutable;
using System.Numerics;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Turns the unpickled value into a <see cref="Checkpoint"/>. The pickle may nest, share and loop as it pleases, so depth, values
/// visited, and bytes of tensors are counted here.
/// </summary>
/// <param name="file">The file, for messages and its length.</param>
/// <param name="pickleLength">How long its pickle is: each value takes a byte of it at least, and may stand in several places.</param>
internal sealed class CheckpointReader(UntrustedFile file, long pickleLength)
{
    private const int MaximumDepth = 64;
    private const int FewestValues = 200_000;
    private const int MaximumLeftOut = 1000;
    private const int Spare = 64 << 20;

    private readonly List<LeftOutValue> leftOut = [];
    private readonly HashSet<PickleObject> onThePath = [];
    private readonly long maximumValues = Math.Max(2 * pickleLength, FewestValues);
    private long values;

    // Expanded and transposed tensors are copied. Those that share a storage as it lies cost nothing, but whoever goes through their
    // elements goes through each: tied weights stand under two names, and one block under those of all layers.
    private long copiesLeft = Math.Max(2 * file.Length, Spare);
    private long viewsLeft = Math.Max(256 * file.Length, Spare);

    /// <summary>Reads the root; see <see cref="PyTorchFile.Read(string)"/> for the shapes understood.</summary>
    public Checkpoint Read(object? root)
    {
        var part = new Part();
        ImmutableArray<NamedTensor>? model = null;
        OptimizerState? optimizer = null;
        var optimizers = new OptimizerReader(Count, Materialise);
        switch (root)
        {
            case PickleDictionary items when items.Contains(CheckpointNames.Model):
                foreach (var (name, value) in items.Entries)
                {
                    switch (name)
                    {
                        case CheckpointNames.Model:
                            model = ReadModel(value, part);
                            break;
                        case CheckpointNames.Optimizer when optimizers.Fits(value):
                            optimizer = optimizers.Read((PickleDictionary)value!);
                            break;
                        default:
                            Keep(name, ReadValue(value, name, 1, part), part);
                            break;
                    }
                }

                break;
            case PickleDictionary items:
                ReadItems(items.Entries, part);
                break;
            case IList<object?> items:
                ReadItems(Indexed(items), part);
                break;
            case TensorReference or NumPyArray or StorageReference:
                Keep("0", ReadValue(root, "0", 1, part), part);
                break;
            case PickleObject made:
                if (ReadObject(made, null, 1, part) is CheckpointValue.Map map)
                {
                    foreach (var (name, value) in map.Items)
                    {
                        Keep(name, value, part);
                    }
                }

                if (part.Tensors.Count == 0 && part.Plain.Count == 0)
                {
                    throw file.Bad($"the pickle is {Printable.Quote(made.TypeName)}, which is refused: only tensors, numbers, texts, lists and dictionaries are built");
                }

                break;
            default:
                throw file.Bad($"the pickled value is {Kind(root)}; a dictionary is expected, or a list or a tensor");
        }

        return new Checkpoint
        {
            Model = model ?? [.. part.Tensors.Values],
            Metadata = part.Plain,
            Optimizer = optimizer,
            Extra = model is null ? [] : [.. part.Tensors.Values],
            IsBare = model is null,
            LeftOut = [.. leftOut],
        };
    }

    /// <summary>The tensors of a state dict, those of nested ones under dotted names; a value among them goes to the plain ones of the file.</summary>
    private ImmutableArray<NamedTensor> ReadModel(object? value, Part others)
    {
        var part = new Part();
        switch (value)
        {
            case PickleDictionary items:
                ReadItems(items.Entries, part);
                break;
            case PickleObject made:
                ReadObject(made, null, 1, part);
                break;
            default:
                throw file.Bad($"{CheckpointNames.Model} is {Kind(value)}; a dictionary is expected");
        }

        foreach (var (name, plain) in part.Plain)
        {
            Keep($"{CheckpointNames.Model}.{name}", plain, others);
        }

        return [.. part.Tensors.Values];
    }

    private void ReadItems(IEnumerable<(string Name, object? Value)> items, Part part)
    {
        foreach (var (name, value) in items)
        {
            Keep(name, ReadValue(value, name, 1, part), part);
        }
    }

    private void Keep(string name, CheckpointValue? value, Part part)
    {
        if (value is not null && !part.Plain.TryAdd(name, value))
        {
            LeaveOut(name, "a second value of this name");
        }
    }

    /// <summary>A plain value; tensors within lists and dictionaries are lifted out under their dotted path, and null is returned where nothing else is left.</summary>
    private CheckpointValue? ReadValue(object? value, string path, int depth, Part part)
    {
        Count(depth);
        switch (value)
        {
            case null: return new CheckpointValue.None();
            case bool flag: return flag;
            case long whole: return whole;
            case BigInteger large: return new CheckpointValue.Large(large);
            case double number: return number;
            case string text: return text;
            case byte[] bytes: return new CheckpointValue.Bytes(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(bytes));
            case PickleGlobal { Kind: PickleGlobalKind.Dtype } dtype: return dtype.Name;
            case NumPyDtype dtype: return dtype.ToString();
            case TensorReference reference: return Lift(reference, path, part);
            case StorageReference storage: return Lift(TensorReference.Of(storage), path, part);
            case NumPyArray { Tensor: { } array }: return Lift(array, path, part);
            case NumPyArray other:
                LeaveOut(path, other.Kind);
                return null;
            case IList<object?> items: return ReadList(items, path, depth, part);
            case PickleDictionary items: return ReadDictionary(items.Entries, items.Count, path, depth, part);
            case PickleObject made: return ReadObject(made, path, depth, part);
            case PickleGlobal global:
                LeaveOut(path, global.Name);
                return null;
            default:
                throw file.Bad($"{Printable.Quote(path)} is {Kind(value)}; a tensor or a plain value is expected");
        }
    }

    /// <summary>The place of what is lifted out or left out of a list holds None, so that the others keep theirs.</summary>
    private CheckpointValue.Sequence? ReadList(IList<object?> items, string? path, int depth, Part part)
    {
        var plain = ImmutableArray.CreateBuilder<CheckpointValue>();
        var isLeft = items.Count == 0;
        foreach (var (name, item) in Indexed(items))
        {
            var kept = ReadValue(item, Join(path, name), depth + 1, part);
            isLeft |= kept is not null;
            plain.Add(kept ?? new CheckpointValue.None());
        }

        return isLeft ? new CheckpointValue.Sequence(plain.ToImmutable()) : null;
    }

    private CheckpointValue.Map? ReadDictionary(IEnumerable<(string Name, object? Value)> items, int count, string? path, int depth, Part part)
    {
        var plain = new OrderedDictionary<string, CheckpointValue>();
        foreach (var (name, item) in items)
        {
            if (ReadValue(item, Join(path, name), depth + 1, part) is { } kept && !plain.TryAdd(name, kept))
            {
                LeaveOut(Join(path, name), "a second value of this name, which is a number and a text");
            }
        }

        return plain.Count == 0 && count > 0 ? null : new CheckpointValue.Map(plain);
    }

    /// <summary>
    /// An object of a class that is not ours. A module gives what its state dict would hold; anything else the tensors among its
    /// attributes. Its plain attributes are left out, and it is named once.
    /// </summary>
    private CheckpointValue? ReadObject(PickleObject made, string? path, int depth, Part part)
    {
        Count(depth);
        if (!onThePath.Add(made))
        {
            return null;
        }

        var before = part.Tensors.Count;
        var isOutermost = onThePath.Count == 1;
        CheckpointValue? items = null;
        if (made.Dictionary("_parameters") is { } parameters && made.Dictionary("_modules") is { } modules)
        {
            var passing = made.Dictionary("_buffers") is null ? [] : (made.Attributes.FirstOrDefault(item => item.Name == "_non_persistent_buffers_set").Value as List<object?>)?.ToHashSet() ?? [];
            IEnumerable<(string Name, object? Value)> state =
                [.. parameters.Entries, .. (made.Dictionary("_buffers")?.Entries ?? []).Where(item => !passing.Contains(item.Name)), .. modules.Entries];
            ReadInner(state.Where(item => item.Value is not null), path, depth, part);
        }
        else if (made.Items is { } dictionary)
        {
            items = ReadDictionary(dictionary.Entries, dictionary.Count, path, depth, part);
        }
        else if (made.Elements is { } list)
        {
            items = ReadList(list, path, depth, part);
        }
        else
        {
            ReadInner([.. Indexed(made.Arguments), .. made.Attributes], path, depth, part);
        }

        onThePath.Remove(made);
        if (isOutermost && items is null)
        {
            LeaveOut(path ?? made.TypeName, part.Tensors.Count > before ? $"{made.TypeName}, all but its tensors" : made.TypeName);
        }

        return items;
    }

    private void ReadInner(IEnumerable<(string Name, object? Value)> items, string? path, int depth, Part part)
    {
        // A chain of objects may be long, and is not what somebody saves weights in.
        if (depth == MaximumDepth)
        {
            return;
        }

        foreach (var (name, value) in items)
        {
            if (value is not (null or bool or long or double or string or byte[] or BigInteger))
            {
                ReadValue(value, Join(path, name), depth + 1, part);
            }
        }
    }

    private CheckpointValue? Lift(TensorReference reference, string name, Part part)
    {
        if (part.Tensors.ContainsKey(name))
        {
            LeaveOut(name, "a second tensor of this name");
        }
        else
        {
            part.Tensors.Add(name, Materialise(reference, name));
        }

        return null;
    }

    private NamedTensor Materialise(TensorReference reference, string name)
    {
        Count(0);
        var length = reference.Length;
        if (length > int.MaxValue)
        {
            throw file.Bad($"the tensor {Printable.Quote(name)} claims {length} bytes; at most {int.MaxValue} are read");
        }

        viewsLeft -= (long)length;
        copiesLeft -= reference.IsContiguous ? 0 : (long)length;
        if (copiesLeft < 0)
        {
            throw file.Bad($"the tensors together would be copied to more than twice the file's bytes and more than {Spare} bytes");
        }

        if (viewsLeft < 0)
        {
            throw file.Bad($"the tensors together claim more than 256 times the file's bytes and more than {Spare} bytes");
        }

        return new NamedTensor(name, reference.Storage.Type, reference.Shape, reference.Elements == 0 ? default : reference.Gather(reference.Storage.Bytes.Read()));
    }

    private void LeaveOut(string name, string kind)
    {
        // What an object that is left out holds goes without saying.
        if (onThePath.Count > 0 || leftOut.Count > MaximumLeftOut)
        {
            return;
        }

        leftOut.Add(leftOut.Count < MaximumLeftOut ? new LeftOutValue(name, kind) : new LeftOutValue("…", "and others"));
    }

    private void Count(int depth)
    {
        if (depth > MaximumDepth)
        {
            throw file.Bad($"the pickle's values are nested more than {MaximumDepth} deep");
        }

        if (++values > maximumValues)
        {
            throw file.Bad($"the pickle unfolds to more than {maximumValues} values");
        }
    }

    private static string Join(string? path, string name) => path is null ? name : $"{path}.{name}";

    private static IEnumerable<(string Name, object? Value)> Indexed(IList<object?> items) =>
        items.Select((item, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), item));

    private static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a boolean",
        long or BigInteger => "a whole number",
        double => "a number",
        string => "a text",
        byte[] => "bytes",
        List<object?> => "a list",
        object?[] => "a tuple",
        PickleDictionary => "a dictionary",
        TensorReference or NumPyArray => "a tensor",
        StorageReference => "a bare storage",
        _ => "a function or type",
    };

    /// <summary>What has been read of one dictionary: its tensors, and its plain values.</summary>
    private sealed class Part
    {
        public OrderedDictionary<string, NamedTensor> Tensors { get; } = [];

        public OrderedDictionary<string, CheckpointValue> Plain { get; } = [];
    }
}
