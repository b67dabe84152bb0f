using System.Collections.Immutable;
using System.Text.Json;

namespace Ndt.Checkpoints;

/// <summary>
/// A checkpoint in several files, with an index that says which tensor lies in which: <c>model.safetensors.index.json</c> and
/// <c>pytorch_model.bin.index.json</c>, <c>{"metadata": {…}, "weight_map": {tensor: file}}</c>. The files lie beside the index.
/// </summary>
internal static class ShardedCheckpoint
{
    private const string MapName = "weight_map";
    private const string MetadataName = "metadata";
    private const int MaximumLength = 32 << 20;
    private const int MaximumFiles = 10_000;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Whether the file starts as JSON does.</summary>
    public static bool IsIndex(UntrustedFile file)
    {
        var start = file.Start(64);
        start = start.StartsWith(ByteOrderMark) ? start[ByteOrderMark.Length..] : start;
        return start.TrimStart(" \r\n\t"u8) is [(byte)'{', ..];
    }

    /// <summary>Reads the index and the heads of the files that it names; the tensors come in the index's order, and stay in their files until they are asked for.</summary>
    public static Checkpoint Open(UntrustedFile file)
    {
        if (file.Length > MaximumLength)
        {
            throw file.Bad($"the file is JSON of {file.Length} bytes; an index of at most {MaximumLength} is read");
        }

        var (places, metadata) = ReadIndex(file);
        var names = places.Values.Distinct().ToArray();
        if (names.Length > MaximumFiles)
        {
            throw file.Bad($"the index names {names.Length} files; at most {MaximumFiles} are read");
        }

        var shards = names.ToDictionary(name => name, name => OpenShard(file, name));
        var tensors = shards.ToDictionary(item => item.Key, item => item.Value.Model.ToDictionary(tensor => tensor.Name));
        return new Checkpoint
        {
            Model =
            [
                .. places.Select(place => tensors[place.Value].GetValueOrDefault(place.Key)
                    ?? throw file.Bad($"the index says that {Printable.Quote(place.Key)} lies in {Printable.Quote(place.Value)}, which does not hold it")),
            ],
            Metadata = metadata,
            IsBare = true,
            LeftOut =
            [
                .. shards.SelectMany(shard => shard.Value.LeftOut),
                .. shards.SelectMany(shard => shard.Value.Model.Where(tensor => places.GetValueOrDefault(tensor.Name) != shard.Key).Select(tensor => new LeftOutValue(tensor.Name, $"a tensor of {shard.Key} that the index does not name there"))),
            ],
        };
    }

    private static Checkpoint OpenShard(UntrustedFile file, string name)
    {
        var shard = file.OpenBeside(name);
        return IsIndex(shard) && !SafetensorsFile.IsSafetensors(shard) ? throw file.Bad($"the index names {Printable.Quote(name)}, which is an index itself; the file of the tensors is expected")
            : SafetensorsFile.IsSafetensors(shard) ? SafetensorsFile.Open(shard)
            : PyTorchFile.Open(shard);
    }

    private static (OrderedDictionary<string, string> Places, OrderedDictionary<string, CheckpointValue> Metadata) ReadIndex(UntrustedFile file)
    {
        var places = new OrderedDictionary<string, string>();
        var metadata = new OrderedDictionary<string, CheckpointValue>();
        try
        {
            var bytes = file.Read(0, file.Length, "the index").AsMemory();
            using var json = JsonDocument.Parse(bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes);
            if (!json.RootElement.TryGetProperty(MapName, out var map))
            {
                throw file.Bad($"the file is JSON without a '{MapName}'; the index of a checkpoint in several files is expected, or the checkpoint itself");
            }

            foreach (var item in map.EnumerateObject())
            {
                if (!places.TryAdd(item.Name, FileName(file, item.Value.GetString())))
                {
                    throw file.Bad($"the index names {Printable.Quote(item.Name)} twice");
                }
            }

            if (json.RootElement.TryGetProperty(MetadataName, out var values) && values.ValueKind == JsonValueKind.Object)
            {
                foreach (var item in values.EnumerateObject())
                {
                    metadata[item.Name] = MetadataText.Parse(item.Value.GetRawText());
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"{file.Path}: is not the JSON of an index, {{\"{MapName}\": {{tensor: file}}}}; a checkpoint is expected.", e);
        }

        return (places, metadata);
    }

    /// <summary>A file beside the index, and nowhere else.</summary>
    private static string FileName(UntrustedFile file, string? name) =>
        name is { Length: > 0 and < 256 } && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', '\0') && !name.Contains(':', StringComparison.Ordinal)
            ? name
            : throw file.Bad($"the index names the file {Printable.Quote(name ?? "null")}; one beside the index is expected");
}
