using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ndt.Cli.Notebooks;

/// <summary>
/// JSON of others, refused at once where looking at it would throw later: the parser itself takes bytes that are not UTF-8 and
/// half a surrogate pair (escaped), and finds a name that stands twice only when it is looked up.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 256 };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The parsed text; throws <see cref="JsonException"/> where it is no JSON, <see cref="DecoderFallbackException"/> where a text in it is not Unicode.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: Options);
            RequireCharacters(node);
            return node;
        }
        catch (InvalidOperationException e)
        {
            throw new DecoderFallbackException("half a surrogate pair", e);
        }
    }

    /// <summary>As <see cref="Parse(string)"/>, of UTF-8; a byte-order mark is passed over.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) => Parse(Utf8.GetString(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8));

    // The parser has bounded the depth.
    private static void RequireCharacters(JsonNode? node)
    {
        foreach (var part in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => [] })
        {
            RequireCharacters(part);
        }

        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
        {
            _ = value.GetValue<string>();
        }
    }
}
