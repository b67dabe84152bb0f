using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ndt.Checkpoints;

/// <summary>
/// Plain values as the strings that safetensors' metadata holds: JSON, except that a string stands as it is unless it would
/// be read as something else, and that NaN and the infinities are written <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>.
/// </summary>
internal static class MetadataText
{
    private const int MaximumDepth = 16;

    // An optimiser has some twenty options and an index per parameter; a text of more is left a text.
    private const int MaximumValues = 50_000;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaximumDepth };

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
            var budget = MaximumValues;
            var value = Read(ref reader, ref budget);
            return reader.Read() ? text : value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return text;
        }
    }

    /// <summary>Strict JSON. A whole-numbered double keeps a decimal point, so that it stays one.</summary>
    /// <exception cref="InputException">A number within a list or dictionary is NaN or infinite.</exception>
    public static string Json(CheckpointValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            value.WriteJson(writer, number => writer.WriteRawValue(Decimal(number)));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Decimal(double value)
    {
        var text = double.IsFinite(value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : throw new InputException($"A list or dictionary of the checkpoint's metadata holds {value}; safetensors' metadata holds finite numbers.");
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static CheckpointValue Read(ref Utf8JsonReader reader, ref int budget)
    {
        if (--budget < 0)
        {
            throw new JsonException($"There are more than {MaximumValues} values.");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Null:
                return new CheckpointValue.None();
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Number:
                // Without the type, the two branches would both become doubles.
                return reader.TryGetInt64(out var whole) ? new CheckpointValue.Whole(whole) : new CheckpointValue.Number(reader.GetDouble());
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<CheckpointValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, ref budget));
                }

                return new CheckpointValue.Sequence(items.ToImmutable());
            default:
                var map = new OrderedDictionary<string, CheckpointValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    if (!map.TryAdd(name, Read(ref reader, ref budget)))
                    {
                        throw new JsonException($"The name {name} stands twice.");
                    }
                }

                return new CheckpointValue.Map(map);
        }
    }
}
