using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ndt;

/// <summary>A table as JSON: an array with an object a row, numbers as numbers to the same digits, empty fields as null.</summary>
public static class CsvJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Of a table with its header.</summary>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">The rows' fields; each has as many as the header.</param>
    public static string Of(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var array = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject(header.Zip(row, (name, field) => KeyValuePair.Create(name, Value(field)))))]);
        return array.ToJsonString(Indented) + "\n";
    }

    // A number keeps its digits: it is copied, not computed.
    private static JsonNode? Value(string field) => field.Length == 0 ? null
        : double.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonNode.Parse(field)
            : JsonValue.Create(field);
}
