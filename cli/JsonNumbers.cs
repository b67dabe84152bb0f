using System.Text.Json;

namespace Ndt.Cli;

/// <summary>Numbers in JSON, which has neither NaN nor infinities.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a named number, or null for one that is not finite.</summary>
    public static void WriteFiniteOrNull(this Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteFiniteOrNull(value);
    }

    /// <summary>Writes a number, or null for one that is not finite.</summary>
    public static void WriteFiniteOrNull(this Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Writes a whole number, or null for none.</summary>
    public static void WriteOrNull(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
