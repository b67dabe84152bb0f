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
    private const int MostDequantised = 8;
    private const int Spare = 64 << 20;
    private const int LettersForAByte = 64;

    private readonly List<LeftOutValue> leftOut = [];
    private readonly HashSet<PickleObject> onThePath = [];
    private readonly long maximumValues = Math.Max(2 * pickleLength, FewestValues);
    private long values;

    // Expanded and transposed tensors are copied. Those that share a storage as it lies cost nothing, but whoever goes through their
    // elements goes through each: tied weights stand under two names, and one block under those of all layers.
    private long copiesLeft = Math.Max(2 * file.Length, Spare);
    private long dequantisedLeft = Math.Max(MostDequantised * file.Length, Spare);
    private long viewsLeft = Math.Max(256 * file.Length, Spare);

    // A text is in the pickle once and may stand in many places; the name of each place holds those of all that it lies in.
    private long lettersLeft = Math.Max(LettersForAByte * pickleLength, Spare / sizeof(char));

    /// <summary>Reads the root; see <see cref="PyTorchFile.Read(string)"/> for the shapes understood.</summary>
    public Checkpoint Read(object? root)
    {
        var part = new Part();
        ImmutableArray<NamedTensor>? model = null;
        OptimizerState? optimizer = null;
        var optimizers = new OptimizerReader(Count, Spend, Materialise);
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
            case TensorReference or QuantisedTensor or NumPyArray or StorageReference:
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
            case BigInteger large:
                Spend(large.GetByteCount());
                return new CheckpointValue.Large(large);
            case double number: return number;
            case string text:
                Spend(text.Length);
                return text;
            case byte[] bytes:
                Spend(bytes.Length);
                return new CheckpointValue.Bytes(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(bytes));
            case PickleGlobal { Kind: PickleGlobalKind.Dtype } dtype: return dtype.Name;
            case NumPyDtype dtype: return dtype.ToString();
            case TensorReference reference: return Lift(() => Materialise(reference, path), path, part);
            case StorageReference storage: return Lift(() => Materialise(TensorReference.Of(storage), path), path, part);
            case NumPyArray { Tensor: { } array }: return Lift(() => Materialise(array, path), path, part);
            case QuantisedTensor quantised:
                LeaveOut(path, "the quantisation; its numbers are read as the real ones that they stand for");
                return Lift(() => Materialise(quantised, path), path, part);
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
            ReadInner(parameters.Entries.Concat(KeptBuffers(made)).Concat(modules.Entries), path, depth, part);
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
            ReadInner(Indexed(made.Arguments).Concat(made.Attributes), path, depth, part);
        }

        onThePath.Remove(made);
        if (isOutermost && items is null)
        {
            LeaveOut(path ?? made.TypeName, part.Tensors.Count > before ? $"{made.TypeName}, all but its tensors" : made.TypeName);
        }

        return items;
    }

    /// <summary>The buffers that a module's state dict holds: not those that the module calls passing.</summary>
    private IEnumerable<(string Name, object? Value)> KeptBuffers(PickleObject made)
    {
        if (made.Dictionary("_buffers") is not { } buffers)
        {
            return [];
        }

        var passing = new HashSet<string>();
        foreach (var name in made.Attribute("_non_persistent_buffers_set") as List<object?> ?? [])
        {
            Count(0);
            if (name is string text)
            {
                Spend(text.Length);
                passing.Add(text);
            }
        }

        return buffers.Entries.Where(item =>
        {
            Count(0);
            Spend(item.Name.Length);
            return !passing.Contains(item.Name);
        });
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
            // Plain ones are passed over, but that takes its time, too: one object may stand in very many places.
            Count(depth);
            if (value is not (null or bool or long or double or string or byte[] or BigInteger))
            {
                ReadValue(value, Join(path, name), depth + 1, part);
            }
        }
    }

    private CheckpointValue? Lift(Func<NamedTensor> materialise, string name, Part part)
    {
        if (part.Tensors.ContainsKey(name))
        {
            LeaveOut(name, "a second tensor of this name");
        }
        else
        {
            part.Tensors.Add(name, materialise());
        }

        return null;
    }

    private NamedTensor Materialise(TensorReference reference, string name)
    {
        RequireReadable(reference.Length, name);
        if (!reference.IsContiguous)
        {
            Charge(ref copiesLeft, reference.Length, "would be copied to more than twice the file's bytes");
        }

        Charge(ref viewsLeft, reference.Length, "claim more than 256 times the file's bytes");
        return NamedTensor.InFile(name, reference.Storage.Type, reference.Storage.Type.Name(), reference.Shape, reference.Gather);
    }

    private NamedTensor Materialise(QuantisedTensor quantised, string name)
    {
        var length = (Int128)quantised.Numbers.Elements * ElementType.F32.Size();
        RequireReadable(length, name);
        Charge(ref dequantisedLeft, length, $"would be dequantised to more than {MostDequantised} times the file's bytes");
        return NamedTensor.InFile(name, ElementType.F32, ElementType.F32.Name(), quantised.Numbers.Shape, quantised.Dequantise);
    }

    private void RequireReadable(Int128 length, string name)
    {
        Count(0);
        if (length > int.MaxValue)
        {
            throw file.Bad($"the tensor {Printable.Quote(name)} claims {length} bytes; at most {int.MaxValue} are read");
        }
    }

    private void Charge(ref long budget, Int128 length, string claim)
    {
        budget -= (long)length;
        if (budget < 0)
        {
            throw file.Bad($"the tensors together {claim} and more than {Spare} bytes");
        }
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

    /// <summary>Counts letters and bytes that are put together, or that one more place holds.</summary>
    private void Spend(long letters)
    {
        lettersLeft -= letters;
        if (lettersLeft < 0)
        {
            throw file.Bad("the pickle's names and texts unfold out of all proportion");
        }
    }

    private string Join(string? path, string name)
    {
        if (path is null)
        {
            return name;
        }

        Spend(path.Length + 1L + name.Length);
        return $"{path}.{name}";
    }

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
        TensorReference or QuantisedTensor or NumPyArray => "a tensor",
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
