using System.Collections.Immutable;
using Ndt.Checkpoints.Zip;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Turns the unpickled dictionary into a <see cref="Checkpoint"/>. The pickle may nest, share and loop as it pleases, so depth,
/// values visited and bytes of tensors are counted here.
/// </summary>
internal sealed class CheckpointReader(UntrustedFile file, StoredZipReader zip)
{
    private const int MaximumDepth = 16;
    private const int MaximumValues = 200_000;

    private readonly Dictionary<string, byte[]> storages = [];
    private int values;

    // Twice the file allows for tied weights under two names, and keeps a file from naming one storage a million times.
    private long bytesLeft = 2 * file.Length;

    /// <summary>Reads the root; see <see cref="PyTorchFile.Read"/> for the shapes understood.</summary>
    public Checkpoint Read(object? root)
    {
        var items = Dictionary(root, "the pickled value");
        var metadata = new OrderedDictionary<string, CheckpointValue>();
        var others = ImmutableArray.CreateBuilder<NamedTensor>();
        ImmutableArray<NamedTensor>? model = null;
        OptimizerState? optimizer = null;
        foreach (var (name, value) in Named(items, "the pickled dictionary"))
        {
            switch (name)
            {
                case CheckpointNames.Model:
                    model = ReadTensors(value, name);
                    break;
                case CheckpointNames.Optimizer:
                    optimizer = value is null ? null : ReadOptimizer(value);
                    break;
                default:
                    if (ReadValue(value, name, 1, others) is { } plain)
                    {
                        metadata.Add(name, plain);
                    }

                    break;
            }
        }

        return new Checkpoint
        {
            Model = model ?? others.ToImmutable(),
            Metadata = metadata,
            Optimizer = optimizer,
            Extra = model is null ? [] : others.ToImmutable(),
        };
    }

    private OptimizerState ReadOptimizer(object value)
    {
        const string StateName = CheckpointNames.Optimizer + "." + CheckpointNames.State;
        const string GroupsName = CheckpointNames.Optimizer + "." + CheckpointNames.Groups;
        var parts = Dictionary(value, CheckpointNames.Optimizer);
        if (!parts.TryGetValue(CheckpointNames.State, out var state) || !parts.TryGetValue(CheckpointNames.Groups, out var groups))
        {
            throw file.Bad($"{CheckpointNames.Optimizer} lacks '{CheckpointNames.State}' or '{CheckpointNames.Groups}'");
        }

        var states = ImmutableArray.CreateBuilder<ParameterState>();
        foreach (var (key, entry) in Dictionary(state, StateName))
        {
            states.Add(ReadParameterState(Index(key, StateName), entry));
        }

        return new OptimizerState(
            states.ToImmutable(),
            [.. (groups as List<object?> ?? throw file.Bad($"{GroupsName} is {Kind(groups)}; a list is expected")).Select(ReadGroup)]);
    }

    private ParameterState ReadParameterState(int index, object? value)
    {
        var name = $"{CheckpointNames.Optimizer}.{CheckpointNames.State}.{index}";
        long? step = null;
        var tensors = ImmutableArray.CreateBuilder<NamedTensor>();
        foreach (var (key, entry) in Named(Dictionary(value, name), name))
        {
            if (key == CheckpointNames.Step)
            {
                step = ReadStep(entry, $"{name}.{key}");
            }
            else if (entry is TensorReference reference)
            {
                tensors.Add(Materialise(reference, key));
            }
            else if (entry is not null)
            {
                throw file.Bad($"{name}.{Printable.Quote(key)} is {Kind(entry)}; a tensor is expected");
            }
        }

        return new ParameterState(index, step, tensors.ToImmutable());
    }

    private long ReadStep(object? value, string name)
    {
        var number = value switch
        {
            long whole => whole,
            double real => real,
            TensorReference { Elements: 1 } reference => Materialise(reference, name)[0],
            _ => throw file.Bad($"{name} is {Kind(value)}; a number is expected"),
        };
        return number is >= 0 and < 1L << 53 && number == Math.Floor(number)
            ? (long)number
            : throw file.Bad($"{name} is {number}; a count of updates is expected");
    }

    private ParameterGroup ReadGroup(object? value)
    {
        const string Name = CheckpointNames.Optimizer + "." + CheckpointNames.Groups;
        var options = new OrderedDictionary<string, CheckpointValue>();
        ImmutableArray<int> parameters = [];
        var lifted = ImmutableArray.CreateBuilder<NamedTensor>();
        foreach (var (key, entry) in Named(Dictionary(value, Name), Name))
        {
            if (key == CheckpointNames.Parameters)
            {
                var indexes = entry as List<object?> ?? throw file.Bad($"{Name}.{key} is {Kind(entry)}; a list is expected");
                parameters = [.. indexes.Select(index => Index(index, $"{Name}.{key}"))];
            }
            else if (ReadValue(entry, $"{Name}.{key}", 1, lifted) is { } option)
            {
                options.Add(key, option);
            }
        }

        return lifted.Count == 0
            ? new ParameterGroup(options, parameters)
            : throw file.Bad($"{Printable.Quote(lifted[0].Name)} is a tensor; a plain value is expected");
    }

    private ImmutableArray<NamedTensor> ReadTensors(object? value, string name) =>
    [
        .. Named(Dictionary(value, name), name).Select(item => item.Value is TensorReference reference
            ? Materialise(reference, item.Key)
            : throw file.Bad($"{name}.{Printable.Quote(item.Key)} is {Kind(item.Value)}; a tensor is expected")),
    ];

    /// <summary>A plain value; tensors within dictionaries are lifted out under their dotted path, and null is returned where nothing else is left.</summary>
    private CheckpointValue? ReadValue(object? value, string path, int depth, ImmutableArray<NamedTensor>.Builder lifted)
    {
        Count(depth);
        switch (value)
        {
            case null: return new CheckpointValue.None();
            case bool flag: return flag;
            case long whole: return whole;
            case double number: return number;
            case string text: return text;
            case TensorReference reference:
                lifted.Add(Materialise(reference, path));
                return null;
            case IList<object?> items:
                return new CheckpointValue.Sequence([.. items.Select(item => ReadValue(item, path, depth + 1, lifted)
                    ?? throw file.Bad($"{Printable.Quote(path)} is a list that holds a tensor; tensors are expected in dictionaries"))]);
            case OrderedDictionary<object, object?> items:
                var plain = new OrderedDictionary<string, CheckpointValue>();
                foreach (var (key, item) in items)
                {
                    var name = Convert.ToString(key, System.Globalization.CultureInfo.InvariantCulture)!;
                    if (ReadValue(item, $"{path}.{name}", depth + 1, lifted) is { } kept && !plain.TryAdd(name, kept))
                    {
                        throw file.Bad($"{Printable.Quote(path)} has the key {Printable.Quote(name)} as a number and as a string");
                    }
                }

                return plain.Count == 0 && items.Count > 0 ? null : new CheckpointValue.Map(plain);
            default:
                throw file.Bad($"{Printable.Quote(path)} is {Kind(value)}; a tensor or a plain value is expected");
        }
    }

    private NamedTensor Materialise(TensorReference reference, string name)
    {
        Count(0);
        bytesLeft -= reference.Elements * reference.Storage.Type.Size();
        if (bytesLeft < 0)
        {
            throw file.Bad("the tensors together claim more than twice the file's bytes");
        }

        var entry = reference.Storage.Entry;
        if (!storages.TryGetValue(entry.Name, out var storage))
        {
            storage = zip.Read(entry);
            storages.Add(entry.Name, storage);
        }

        return new NamedTensor(name, reference.Storage.Type, reference.Shape, reference.Gather(storage));
    }

    private void Count(int depth)
    {
        if (depth > MaximumDepth)
        {
            throw file.Bad($"the pickle's values are nested more than {MaximumDepth} deep");
        }

        if (++values > MaximumValues)
        {
            throw file.Bad($"the pickle unfolds to more than {MaximumValues} values");
        }
    }

    private OrderedDictionary<object, object?> Dictionary(object? value, string name)
    {
        Count(0);
        return value as OrderedDictionary<object, object?> ?? throw file.Bad($"{name} is {Kind(value)}; a dictionary is expected");
    }

    private IEnumerable<KeyValuePair<string, object?>> Named(OrderedDictionary<object, object?> items, string name) =>
        items.Select(item => KeyValuePair.Create(item.Key as string ?? throw file.Bad($"{name} has the key {item.Key}; a string is expected"), item.Value));

    private int Index(object? value, string name)
    {
        Count(0);
        return value is long and >= 0 and < int.MaxValue ? (int)(long)value : throw file.Bad($"{name} has an index that is not a whole number from 0");
    }

    private static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a boolean",
        long => "a whole number",
        double => "a number",
        string => "a string",
        List<object?> => "a list",
        object?[] => "a tuple",
        OrderedDictionary<object, object?> => "a dictionary",
        TensorReference => "a tensor",
        StorageReference => "a bare storage",
        _ => "a function or type",
    };
}
