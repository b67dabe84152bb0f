using System.Collections.Immutable;
using System.Globalization;
using Ndt.Checkpoints.Pickle;

namespace Ndt.Checkpoints;

/// <summary>How a checkpoint becomes one flat list of tensors and a map of strings, and back.</summary>
internal static class SafetensorsLayout
{
    private const string Marker = "ndt.checkpoint";

    // 2 is what 1 cannot say: a bare checkpoint with plain values, and other prefixes.
    private const string PlainVersion = "1";
    private const string Version = "2";
    private const string Bare = "ndt.bare";
    private const string Prefixes = "ndt.prefixes";
    private static readonly string[] Reserved = [Marker, Bare, Prefixes, FlatNames.ParameterGroups];

    public static (ImmutableArray<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Split(string path, Checkpoint checkpoint)
    {
        if (checkpoint.Metadata.Keys.FirstOrDefault(Reserved.Contains) is { } reserved)
        {
            throw new InputException($"{path}: not written, since the checkpoint's metadata holds {Printable.Quote(reserved)}, a name that safetensors files of ours use for something else.");
        }

        var isBare = checkpoint.IsWrittenBare;
        if (isBare && checkpoint.Metadata.Values.All(value => value is CheckpointValue.Text))
        {
            // As everybody else writes a state dict.
            return (checkpoint.Model, checkpoint.Metadata.ToDictionary(item => item.Key, item => ((CheckpointValue.Text)item.Value).Value));
        }

        var state = FreePrefix(FlatNames.OptimizerState, checkpoint.Model);
        var extra = FreePrefix(FlatNames.Extra, checkpoint.Model);
        var isPlain = !isBare && state == FlatNames.OptimizerState && extra == FlatNames.Extra;
        var metadata = new OrderedDictionary<string, string> { [Marker] = isPlain ? PlainVersion : Version };
        if (isBare)
        {
            metadata.Add(Bare, "true");
        }

        if (state != FlatNames.OptimizerState || extra != FlatNames.Extra)
        {
            metadata.Add(Prefixes, MetadataText.Json(new CheckpointValue.Sequence([state, extra])));
        }

        foreach (var (name, value) in checkpoint.Metadata)
        {
            metadata.Add(name, MetadataText.Format(value));
        }

        if (checkpoint.Optimizer is { } optimizer)
        {
            metadata.Add(FlatNames.ParameterGroups, MetadataText.Json(new CheckpointValue.Sequence([.. optimizer.Groups.Select(ToMap)])));
        }

        return ([.. checkpoint.AllTensors(state, extra)], metadata);
    }

    public static Checkpoint Join(UntrustedFile file, ImmutableArray<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var values = new OrderedDictionary<string, CheckpointValue>();
        if (!metadata.TryGetValue(Marker, out var version))
        {
            foreach (var (name, text) in metadata)
            {
                values.Add(name, text);
            }

            return new Checkpoint { Model = tensors, Metadata = values, IsBare = true };
        }

        if (version is not (PlainVersion or Version))
        {
            throw file.Bad($"the metadata's {Marker} is {Printable.Quote(version)}; {PlainVersion} is read, and {Version}");
        }

        var (statePrefix, extraPrefix) = ReadPrefixes(file, version == Version ? metadata.GetValueOrDefault(Prefixes) : null);
        foreach (var (name, text) in metadata.Where(item => !Reserved.Contains(item.Key)))
        {
            values.Add(name, MetadataText.Parse(text));
        }

        var state = tensors.Where(tensor => Has(tensor, statePrefix)).ToArray();
        return new Checkpoint
        {
            Model = [.. tensors.Where(tensor => !Has(tensor, statePrefix) && !Has(tensor, extraPrefix))],
            Extra = [.. tensors.Where(tensor => Has(tensor, extraPrefix)).Select(tensor => tensor.Rename(tensor.Name[extraPrefix.Length..]))],
            Metadata = values,
            IsBare = version == Version && metadata.ContainsKey(Bare),
            Optimizer = metadata.TryGetValue(FlatNames.ParameterGroups, out var groups)
                ? new OptimizerState(ReadStates(file, statePrefix, state), ReadGroups(file, groups))
                : state.Length == 0 ? null : throw file.Bad($"the file holds {Printable.Quote(state[0].Name)} but no {FlatNames.ParameterGroups} in its metadata"),
        };
    }

    /// <summary>The prefix, made longer until no tensor of the model has it.</summary>
    private static string FreePrefix(string prefix, ImmutableArray<NamedTensor> model)
    {
        while (model.Any(tensor => Has(tensor, prefix)))
        {
            prefix = "_" + prefix;
        }

        return prefix;
    }

    private static (string State, string Extra) ReadPrefixes(UntrustedFile file, string? text) =>
        text is null ? (FlatNames.OptimizerState, FlatNames.Extra)
        : MetadataText.Parse(text) is CheckpointValue.Sequence { Items: [CheckpointValue.Text { Value.Length: > 0 } state, CheckpointValue.Text { Value.Length: > 0 } extra] } ? (state.Value, extra.Value)
        : throw file.Bad($"the metadata's {Prefixes} is not a list of two texts");

    private static bool Has(NamedTensor tensor, string prefix) => tensor.Name.StartsWith(prefix, StringComparison.Ordinal);

    private static ImmutableArray<ParameterState> ReadStates(UntrustedFile file, string prefix, IEnumerable<NamedTensor> tensors)
    {
        // Under the index as text: numbers can be chosen to collide in a hash table.
        var states = new OrderedDictionary<string, ReadState>();
        foreach (var tensor in tensors)
        {
            var rest = tensor.Name[prefix.Length..];
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || !int.TryParse(rest.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                throw file.Bad($"the tensor {Printable.Quote(tensor.Name)} is not named {prefix}INDEX.NAME");
            }

            var name = rest[(dot + 1)..];
            var key = index.ToString(CultureInfo.InvariantCulture);
            if (!states.TryGetValue(key, out var state))
            {
                state = new ReadState(index);
                states.Add(key, state);
            }

            if (name == CheckpointNames.Step)
            {
                state.Step = ReadStep(file, tensor);
            }
            else
            {
                state.Tensors.Add(tensor.Rename(name));
            }
        }

        return [.. states.Values.Select(state => new ParameterState(state.Index, state.Step, state.Tensors.ToImmutable()))];
    }

    private static long ReadStep(UntrustedFile file, NamedTensor tensor) =>
        tensor.Elements == 1 && tensor.Type.IsReal() && tensor[0] is >= 0 and < 1L << 53 && tensor[0] == Math.Floor(tensor[0])
            ? (long)tensor[0]
            : throw file.Bad($"the tensor {Printable.Quote(tensor.Name)} is not a count of updates");

    private static CheckpointValue ToMap(ParameterGroup group)
    {
        var map = new OrderedDictionary<string, CheckpointValue>(group.Options);
        map[CheckpointNames.Parameters] = new CheckpointValue.Sequence([.. group.Parameters.Select(index => new CheckpointValue.Whole(index))]);
        return new CheckpointValue.Map(map);
    }

    private static ImmutableArray<ParameterGroup> ReadGroups(UntrustedFile file, string text) =>
        MetadataText.Parse(text) is CheckpointValue.Sequence groups
            ? [.. groups.Items.Select(group => ReadGroup(file, group))]
            : throw file.Bad($"the metadata's {FlatNames.ParameterGroups} is not a list");

    private static ParameterGroup ReadGroup(UntrustedFile file, CheckpointValue value)
    {
        if (value is not CheckpointValue.Map map || map.Items.GetValueOrDefault(CheckpointNames.Parameters) is not CheckpointValue.Sequence parameters)
        {
            throw file.Bad($"the metadata's {FlatNames.ParameterGroups} holds something that is not a group with {CheckpointNames.Parameters}");
        }

        var options = new OrderedDictionary<string, CheckpointValue>(map.Items);
        options.Remove(CheckpointNames.Parameters);
        return new ParameterGroup(options, [.. parameters.Items.Select(item => item is CheckpointValue.Whole { Value: >= 0 and <= int.MaxValue } index
            ? (int)index.Value
            : throw file.Bad($"the metadata's {FlatNames.ParameterGroups} has an index that is not a whole number from 0"))]);
    }

    /// <summary>A parameter's state while its tensors are gathered, which come in any order.</summary>
    private sealed class ReadState(int index)
    {
        public int Index => index;

        public long? Step { get; set; }

        public ImmutableArray<NamedTensor>.Builder Tensors { get; } = ImmutableArray.CreateBuilder<NamedTensor>();
    }
}
