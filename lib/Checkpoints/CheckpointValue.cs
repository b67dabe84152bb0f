using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Ndt.Checkpoints;

/// <summary>A plain value beside the tensors of a checkpoint.</summary>
public abstract record CheckpointValue
{
    private CheckpointValue()
    {
    }

    /// <summary>Python's None.</summary>
    public sealed record None : CheckpointValue;

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : CheckpointValue;

    /// <summary>A whole number of 64 bits.</summary>
    public sealed record Whole(long Value) : CheckpointValue;

    /// <summary>A whole number beyond 64 bits, such as a seed of 128; one within is a <see cref="Whole"/>.</summary>
    public sealed record Large(BigInteger Value) : CheckpointValue;

    /// <summary>A binary64 number, NaN and infinities included.</summary>
    public sealed record Number(double Value) : CheckpointValue;

    /// <summary>A string.</summary>
    public sealed record Text(string Value) : CheckpointValue;

    /// <summary>Bytes without a meaning of their own; in JSON they are base64.</summary>
    public sealed record Bytes(ImmutableArray<byte> Items) : CheckpointValue;

    /// <summary>A list or a tuple; the two are not told apart, and a tuple is written (Adam's <c>betas</c> is one).</summary>
    public sealed record Sequence(ImmutableArray<CheckpointValue> Items) : CheckpointValue;

    /// <summary>A dictionary with string keys, in order.</summary>
    public sealed record Map(IReadOnlyDictionary<string, CheckpointValue> Items) : CheckpointValue;

    /// <summary>Writes the value as JSON: None as null, a map's items in their order.</summary>
    /// <param name="writer">Where a value is due.</param>
    /// <param name="writeNumber">Writes a <see cref="Number"/>: JSON has neither NaN nor infinities, and does not tell 1.0 from 1.</param>
    public void WriteJson(Utf8JsonWriter writer, Action<double> writeNumber)
    {
        switch (this)
        {
            case Flag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case Whole whole:
                writer.WriteNumberValue(whole.Value);
                break;
            case Large large:
                writer.WriteRawValue(large.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case Bytes bytes:
                writer.WriteBase64StringValue(bytes.Items.AsSpan());
                break;
            case Number number:
                writeNumber(number.Value);
                break;
            case Text text:
                writer.WriteStringValue(text.Value);
                break;
            case Sequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    item.WriteJson(writer, writeNumber);
                }

                writer.WriteEndArray();
                break;
            case Map map:
                writer.WriteStartObject();
                foreach (var (name, item) in map.Items)
                {
                    writer.WritePropertyName(name);
                    item.WriteJson(writer, writeNumber);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A <see cref="Flag"/>.</summary>
    public static implicit operator CheckpointValue(bool value) => new Flag(value);

    /// <summary>A <see cref="Whole"/>.</summary>
    public static implicit operator CheckpointValue(long value) => new Whole(value);

    /// <summary>A <see cref="Number"/>.</summary>
    public static implicit operator CheckpointValue(double value) => new Number(value);

    /// <summary>A <see cref="Text"/>.</summary>
    public static implicit operator CheckpointValue(string value) => new Text(value);
}
