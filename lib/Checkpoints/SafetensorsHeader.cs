using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ndt.Checkpoints;

/// <summary>The JSON header of a safetensors file: <c>{"__metadata__": {name: string}, name: {"dtype", "shape", "data_offsets"}}</c>.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>No longer header is looked at; a tensor takes about a hundred bytes.</summary>
    public const int MaximumLength = 16 << 20;

    /// <summary>The name in the header that is no tensor's.</summary>
    public const string MetadataName = "__metadata__";

    private const int LongestTypeName = 16;

    // As many as of PyTorch's files.
    private const int MaximumDimensions = Pickle.TensorReference.MaximumDimensions;

    // The header is padded with blanks so that the bytes after it are aligned for every element type.
    private const int Alignment = 8;

    private readonly UntrustedFile file;
    private readonly List<SafetensorsEntry> tensors = [];
    private readonly HashSet<string> names = [];
    private readonly OrderedDictionary<string, string> metadata = [];

    private SafetensorsHeader(UntrustedFile file) => this.file = file;

    public IReadOnlyList<SafetensorsEntry> Tensors => tensors;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Reads the header without building a document: what is not expected is refused where it stands.</summary>
    public static SafetensorsHeader Parse(UntrustedFile file, ReadOnlySpan<byte> json)
    {
        var header = new SafetensorsHeader(file);
        if (json is not [(byte)'{', ..])
        {
            throw file.Bad("the header does not start with '{'; a safetensors file is expected");
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            header.Read(ref reader);
            while (reader.Read())
            {
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // The reader's own words may quote the file at length: the place is enough.
            throw new InputException($"{file.Path}: the header is not the JSON of a safetensors file{(e is JsonException { BytePositionInLine: { } at } ? $" (near byte {at})" : "")}.", e);
        }

        return header;
    }

    /// <summary>The tensors have to cover the <paramref name="length"/> bytes after the header exactly: no gap, no overlap, none beyond.</summary>
    public void CheckLayout(UntrustedFile file, long length)
    {
        long covered = 0;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin != covered)
            {
                throw file.Bad($"the bytes of {Printable.Quote(tensor.Name)} begin at {tensor.Begin}; {covered} is expected, where the tensor before ends");
            }

            covered = tensor.End;
        }

        if (covered != length)
        {
            throw file.Bad($"the tensors claim {covered} bytes, but {length} follow the header; the file is cut off or its sizes are wrong");
        }
    }

    /// <summary>The header of <paramref name="tensors"/>, whose bytes follow in the order of <paramref name="stored"/>.</summary>
    public static byte[] Build(IEnumerable<NamedTensor> tensors, IEnumerable<NamedTensor> stored, IReadOnlyDictionary<string, string> metadata)
    {
        var begins = new Dictionary<string, long>();
        long end = 0;
        foreach (var tensor in stored)
        {
            begins.Add(tensor.Name, end);
            end += tensor.Bytes.Length;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataName);
                foreach (var (name, value) in metadata)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }

            foreach (var tensor in tensors)
            {
                var begin = begins[tensor.Name];
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", tensor.TypeName);
                WriteNumbers(writer, "shape", tensor.Shape.AsSpan());
                WriteNumbers(writer, "data_offsets", [begin, begin + tensor.Bytes.Length]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        var padded = (buffer.WrittenCount + Alignment - 1) / Alignment * Alignment;
        var header = new byte[padded];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!names.Add(name))
            {
                throw file.Bad($"the header names {Printable.Quote(name)} twice");
            }

            reader.Read();
            if (name == MetadataName && reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw file.Bad($"the header's {Printable.Quote(name)} is not an object");
            }

            if (name == MetadataName)
            {
                ReadMetadata(ref reader);
            }
            else
            {
                tensors.Add(ReadTensor(ref reader, name));
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw file.Bad($"the metadata's {Printable.Quote(name)} is not a string");
            }

            if (!metadata.TryAdd(name, reader.GetString()!))
            {
                throw file.Bad($"the metadata names {Printable.Quote(name)} twice");
            }
        }
    }

    private SafetensorsEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string? typeName = null;
        long[]? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString();
            reader.Read();
            switch (field)
            {
                case "dtype" when typeName is null:
                    typeName = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, name);
                    break;
                default:
                    throw file.Bad($"the tensor {Printable.Quote(name)} has the field {Printable.Quote(field!)} twice or beside dtype, shape and data_offsets");
            }
        }

        if (typeName is null || shape is null || offsets is not [var begin, var end])
        {
            throw file.Bad($"the tensor {Printable.Quote(name)} lacks dtype, shape or two data_offsets");
        }

        var type = ElementTypes.FromName(typeName) ?? ElementType.Other;
        if (type == ElementType.Other && (typeName.Length is 0 or > LongestTypeName || !typeName.All(letter => letter == '_' || char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter))))
        {
            throw file.Bad($"the tensor {Printable.Quote(name)} has the dtype {Printable.Quote(typeName)}; one such as F32 is expected");
        }

        return begin >= 0 && end >= begin && NamedTensor.CountElements(shape) is { } count && FitsBytes(type, typeName, count, end - begin)
            ? new SafetensorsEntry(name, type, typeName, [.. shape], begin, end)
            : throw file.Bad($"the tensor {Printable.Quote(name)} of type {typeName} and shape [{string.Join(", ", shape)}] does not fit its offsets {begin} to {end}");
    }

    /// <summary>A type that is not ours has the size that its name says, in bits, or any.</summary>
    private static bool FitsBytes(ElementType type, string typeName, long count, long bytes)
    {
        if (type != ElementType.Other)
        {
            return count <= int.MaxValue / type.Size() && count * type.Size() == bytes;
        }

        var digits = new string([.. typeName.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(char.IsAsciiDigit)]);
        return count <= int.MaxValue && (!int.TryParse(digits, out var bits) || bits is 0 or > 1024 || ((count * bits) + 7) / 8 == bytes);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name)
    {
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && numbers.Count < MaximumDimensions)
        {
            numbers.Add(number);
        }

        return reader.TokenType == JsonTokenType.EndArray
            ? [.. numbers]
            : throw file.Bad($"the tensor {Printable.Quote(name)} has a shape or an offset that is not a list of at most {MaximumDimensions} whole numbers");
    }
}
