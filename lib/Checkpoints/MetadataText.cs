using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Ndt.Checkpoints;

/// <summary>
/// Plain values as the strings that safetensors' metadata holds: JSON, except that a string stands as it is unless it would
/// be read as something else, and that NaN and the infinities are written <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>. What JSON
/// lacks is an object of one entry: <c>{"$number":"NaN"}</c> within a list or a dictionary, and <c>{"$bytes":"BASE64"}</c>; a
/// dictionary's own key that begins with a dollar has two.
/// </summary>
internal static class MetadataText
{
    // As deep as a pickle's values, each of which may take two levels.
    private const int MaximumDepth = 160;

    // BigInteger's own parsing takes more than linear time; a pickle's longest number has fewer digits.
    private const int LongestNumber = 10_000;

    private const string NumberTag = "$number";
    private const string BytesTag = "$bytes";

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaximumDepth };
    private static readonly JsonWriterOptions WriterOptions = new() { MaxDepth = MaximumDepth };

    /// <summary>The text of a value; <see cref="Parse"/> gives the value back.</summary>
    public static string Format(CheckpointValue value)
    {
        if (value is CheckpointValue.Number number && !double.IsFinite(number.Value))
        {
            return number.Value.ToString(CultureInfo.InvariantCulture);
        }

        return value is CheckpointValue.Text text && Parse(text.Value) == text ? text.Value : Json(value);
    }

    /// <summary>The value of a text: of its JSON, or the text itself where it is none.</summary>
    public static CheckpointValue Parse(string text)
    {
        if (text is "NaN" or "Infinity" or "-Infinity")
        {
            return double.Parse(text, CultureInfo.InvariantCulture);
        }

        // An escape of half a surrogate pair is JSON to the reader's eye until the text is asked for: then it throws InvalidOperationException.
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), ReaderOptions);
            reader.Read();
            var value = Read(ref reader);
            return reader.Read() ? text : value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return text;
        }
    }

    /// <summary>Strict JSON. A whole-numbered double keeps a decimal point, so that it stays one.</summary>
    public static string Json(CheckpointValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, CheckpointValue value)
    {
        switch (value)
        {
            case CheckpointValue.Number number when double.IsFinite(number.Value):
                var text = number.Value.ToString("R", CultureInfo.InvariantCulture);
                writer.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
                break;
            case CheckpointValue.Number number:
                WriteTagged(writer, NumberTag, () => writer.WriteStringValue(number.Value.ToString(CultureInfo.InvariantCulture)));
                break;
            case CheckpointValue.Bytes bytes:
                WriteTagged(writer, BytesTag, () => writer.WriteBase64StringValue(bytes.Items.AsSpan()));
                break;
            case CheckpointValue.Sequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case CheckpointValue.Map map:
                WriteItems(writer, map.Items);
                break;
            default:
                value.WriteJson(writer, writer.WriteNumberValue);
                break;
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, IReadOnlyDictionary<string, CheckpointValue> items)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in items)
        {
            writer.WritePropertyName(name.StartsWith('$') ? "$" + name : name);
            Write(writer, item);
        }

        writer.WriteEndObject();
    }

    private static void WriteTagged(Utf8JsonWriter writer, string tag, Action write)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(tag);
        write();
        writer.WriteEndObject();
    }

    private static CheckpointValue ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
        {
            return whole;
        }

        var digits = Encoding.ASCII.GetString(reader.ValueSpan);
        if (digits.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return reader.GetDouble();
        }

        return digits.Length <= LongestNumber ? new CheckpointValue.Large(BigInteger.Parse(digits, CultureInfo.InvariantCulture)) : throw new JsonException("A number is too long.");
    }

    /// <summary>What an object of one entry stands for where that is a tag, or null.</summary>
    private static CheckpointValue? Untag(OrderedDictionary<string, CheckpointValue> items) => items.Count != 1 ? null : items.GetAt(0) switch
    {
        (NumberTag, CheckpointValue.Text { Value: "NaN" or "Infinity" or "-Infinity" } text) => double.Parse(text.Value, CultureInfo.InvariantCulture),
        (BytesTag, CheckpointValue.Text text) => new CheckpointValue.Bytes([.. Convert.FromBase64String(text.Value)]),
        _ => null,
    };

    private static CheckpointValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Null:
                return new CheckpointValue.None();
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Number:
                return ReadNumber(ref reader);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<CheckpointValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return new CheckpointValue.Sequence(items.ToImmutable());
            default:
                var map = new OrderedDictionary<string, CheckpointValue>();
                var isTagged = false;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    isTagged = name is NumberTag or BytesTag;
                    reader.Read();
                    if (!map.TryAdd(name.StartsWith("$$", StringComparison.Ordinal) ? name[1..] : name, Read(ref reader)))
                    {
                        throw new JsonException($"The name {name} stands twice.");
                    }
                }

                return (isTagged ? Untag(map) : null) ?? new CheckpointValue.Map(map);
        }
    }
}
