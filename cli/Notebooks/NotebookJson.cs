using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ndt.Cli.Notebooks;

/// <summary>
/// Notebook JSON exactly as Jupyter's own nbformat writes it: keys in ordinal order, one space of indent, non-ASCII as it
/// stands, numbers with the digits they were read with, a newline at the end. So a notebook saved here and one saved by
/// Jupyter differ only where their content differs.
/// </summary>
internal static class NotebookJson
{
    /// <summary>The file's text.</summary>
    public static string Write(JsonNode node) => Text(node, 0) + "\n";

    /// <summary>On one line, keys in ordinal order: for figures inside a page.</summary>
    public static string WriteCompact(JsonNode node) => Text(node, null);

    private static string Text(JsonNode node, int? depth)
    {
        var text = new StringBuilder();
        Append(text, node, depth);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int? depth)
    {
        switch (node)
        {
            case JsonObject members:
                AppendAll(text, '{', '}', members.OrderBy(m => m.Key, StringComparer.Ordinal), depth, member =>
                {
                    AppendString(text, member.Key);
                    text.Append(depth is null ? ":" : ": ");
                    Append(text, member.Value, depth + 1);
                });
                break;
            case JsonArray items:
                AppendAll(text, '[', ']', items, depth, item => Append(text, item, depth + 1));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                AppendString(text, value.GetValue<string>());
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, IEnumerable<T> items, int? depth, Action<T> append)
    {
        text.Append(open);
        var separator = "";
        foreach (var item in items)
        {
            text.Append(separator);
            separator = ",";
            NewLine(text, depth + 1);
            append(item);
        }

        NewLine(text, separator.Length > 0 ? depth : null);
        text.Append(close);
    }

    private static void NewLine(StringBuilder text, int? depth)
    {
        if (depth is { } spaces)
        {
            text.Append('\n').Append(' ', spaces);
        }
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
