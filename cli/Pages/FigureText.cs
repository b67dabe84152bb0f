using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Pages;

/// <summary>What a figure's JSON says, as plain text and numbers.</summary>
internal static partial class FigureText
{
    /// <summary>A text of plotly.js without its markup.</summary>
    /// <param name="text">The text.</param>
    /// <param name="gap">What stands in the place of a tag.</param>
    public static string Plain(string text, string gap = "") => WebUtility.HtmlDecode(Tag().Replace(text, gap));

    /// <summary>A number; null where the node is none.</summary>
    public static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    [GeneratedRegex("</?[a-z][^<>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
