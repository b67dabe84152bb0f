using System.Collections.Immutable;
using System.Globalization;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Reads the state dict of an optimiser that keeps a count of updates and tensors for each parameter, as Adam, SGD and their kin
/// do. Others, L-BFGS or two in a list, do not fit and are read as the values and tensors they are.
/// </summary>
internal sealed class OptimizerReader(Action<int> count, Action<long> spend, Func<TensorReference, string, NamedTensor> materialise)
{
    /// <summary>Whether the value has the form <c>{state: {index: {step, tensors}}, param_groups: [{params: [indexes], …}]}</c>.</summary>
    public bool Fits(object? value) =>
        value is PickleDictionary { Count: 2 } parts
        && parts.Find(CheckpointNames.State) is PickleDictionary state
        && parts.Find(CheckpointNames.Groups) is IList<object?> groups
        && state.Entries.All(item => IndexOf(item.Name) is not null && item.Value is PickleDictionary parameter && parameter.Entries.All(FitsParameter))
        && AreDistinct(state)
        && groups.All(group => group is PickleDictionary options && options.Entries.All(FitsGroup));

    public OptimizerState Read(PickleDictionary parts) => new(
        [.. ((PickleDictionary)parts.Find(CheckpointNames.State)!).Entries.Select(item => ReadParameter(IndexOf(item.Name)!.Value, (PickleDictionary)item.Value!)).Where(state => !state.IsEmpty)],
        [.. ((IList<object?>)parts.Find(CheckpointNames.Groups)!).Select(group => ReadGroup((PickleDictionary)group!))]);

    private ParameterState ReadParameter(int index, PickleDictionary entries)
    {
        long? step = null;
        var tensors = ImmutableArray.CreateBuilder<NamedTensor>();
        foreach (var (key, entry) in entries.Entries)
        {
            count(0);
            if (key == CheckpointNames.Step)
            {
                step = StepOf(entry);
            }
            else if (entry is TensorReference reference)
            {
                tensors.Add(materialise(reference, key));
            }
        }

        return new ParameterState(index, step, tensors.ToImmutable());
    }

    private ParameterGroup ReadGroup(PickleDictionary entries)
    {
        var options = new OrderedDictionary<string, CheckpointValue>();
        ImmutableArray<int> parameters = [];
        foreach (var (key, entry) in entries.Entries)
        {
            if (key == CheckpointNames.Parameters)
            {
                parameters = [.. ((IList<object?>)entry!).Select(index => (int)(long)index!)];
            }
            else
            {
                options.TryAdd(key, ReadOption(entry, key));
            }
        }

        return new ParameterGroup(options, parameters);
    }

    /// <summary>A learning rate may be a tensor of one element, which PyTorch's compiled optimisers want: it is read as the number.</summary>
    private CheckpointValue ReadOption(object? value, string name)
    {
        count(0);
        return value switch
        {
            null => new CheckpointValue.None(),
            bool flag => flag,
            long whole => new CheckpointValue.Whole(whole),
            double number => number,
            string text => text,
            TensorReference tensor => materialise(tensor, name)[0],
            _ => new CheckpointValue.Sequence([.. ((IList<object?>)value).Select(item => ReadOption(item, name))]),
        };
    }

    /// <summary>Whether no index stands twice, as the number 1 and the text "1" would. Sorted, since numbers can be chosen to collide in a hash table.</summary>
    private static bool AreDistinct(PickleDictionary state)
    {
        int?[] indexes = [.. state.Entries.Select(item => IndexOf(item.Name)).Order()];
        return indexes.Zip(indexes.Skip(1)).All(pair => pair.First != pair.Second);
    }

    private bool FitsParameter((string Name, object? Value) entry)
    {
        count(0);
        spend(entry.Name.Length);
        return entry.Name == CheckpointNames.Step ? StepOf(entry.Value) is not null : entry.Value is TensorReference or null;
    }

    private bool FitsGroup((string Name, object? Value) option)
    {
        count(0);
        spend(option.Name.Length);
        return option.Name == CheckpointNames.Parameters ? option.Value is IList<object?> indexes && indexes.All(IsIndex) : IsPlain(option.Value, 0);
    }

    private long? StepOf(object? value)
    {
        var number = value switch
        {
            long whole => whole,
            double real => real,
            _ when IsNumber(value) => materialise((TensorReference)value!, CheckpointNames.Step)[0],
            _ => double.NaN,
        };
        return number is >= 0 and < 1L << 53 && number == Math.Floor(number) ? (long)number : null;
    }

    private bool IsIndex(object? value)
    {
        count(0);
        return value is long and >= 0 and < int.MaxValue;
    }

    private bool IsPlain(object? value, int depth)
    {
        count(0);
        spend((value as string)?.Length ?? 0);
        return value is null or bool or long or double or string || IsNumber(value) || (value is IList<object?> items && depth < 2 && items.All(item => IsPlain(item, depth + 1)));
    }

    private static bool IsNumber(object? value) => value is TensorReference { Elements: 1 } tensor && tensor.Storage.Type.IsReal();

    private static int? IndexOf(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < int.MaxValue ? index : null;
}
