using System.Text;
using System.Text.Json;

namespace Ndt.Tests.Fuzzing;

/// <summary>Changes to text formats that leave most of the grammar standing, so that they get past the first check.</summary>
internal static class TextMutation
{
    private static readonly string Deep = new('[', 300);

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "-0", "0.5", "1e999", "-1e999", "2147483648", "9223372036854775808", "1e-400", "NaN", "\"\"", "\"\\ud800\"", "\"\\u0000\\r\\n\\u001b[31m\"", "\"\u2028\"",
        "[]", "{}", "[null]", "[[]]", "{\"a\":1,\"a\":2}", "{\"\\udc00\":1}", "\"<script>alert(1)</script>\"", "\"](javascript:alert(1))\"", "[\"x\", 3, null]", "\"../../../etc/passwd\"",
        Deep + new string(']', 300), Deep, $"\"{new string('x', 70_000)}\"", string.Concat(Enumerable.Repeat("{\"a\":", 90)) + "1" + new string('}', 90), $"\"{new string('>', 3000)}\"", $"\"{new string('(', 3000)}\"",
    ];

    private static readonly string[] Pieces =
    [
        ",", "\"", "\"\"", "\n", "\r", "\r\n", "\0", "\u001b[31m", "\u0085", "\u2028", "\uFEFF", "-1", "1e999", "NaN", "99999999999999999999", new string('9', 400), new string('x', 70_000), "  ", "<script>",
    ];

    /// <summary>JSON in which one to three values are others, or a member stands twice, or is gone; one in four has its bytes changed besides.</summary>
    public static byte[] OfJson(byte[] original, Random random)
    {
        var bytes = original;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            bytes = ChangeValue(bytes, random);
        }

        return random.Next(4) == 0 ? Mutation.OfBytes(bytes, random) : bytes;
    }

    /// <summary>Text with pieces put in that separate, quote, or end lines, or bytes changed.</summary>
    public static byte[] OfLines(byte[] original, Random random)
    {
        if (random.Next(3) == 0)
        {
            return Mutation.OfBytes(original, random);
        }

        var bytes = original;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length + 1);
            var gone = random.Next(2) == 0 ? 0 : random.Next(Math.Min(8, bytes.Length - at + 1));
            bytes = [.. bytes[..at], .. Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]), .. bytes[(at + gone)..]];
        }

        return bytes;
    }

    private static byte[] ChangeValue(byte[] json, Random random)
    {
        var places = Spans(json);
        if (places.Count == 0)
        {
            return json;
        }

        var (start, end) = places[random.Next(places.Count)];
        var (otherStart, otherEnd) = places[random.Next(places.Count)];
        byte[] instead = random.Next(6) switch
        {
            // Another value of the file, of its own, or this one twice.
            0 => json[otherStart..otherEnd],
            1 => [.. json[start..end], (byte)',', .. json[start..end]],
            _ => Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]),
        };
        return [.. json[..start], .. instead, .. json[end..]];
    }

    /// <summary>Where values, and whole members, begin and end, as far as the text is JSON.</summary>
    private static List<(int Start, int End)> Spans(byte[] json)
    {
        var spans = new List<(int, int)>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        var name = -1;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = (int)reader.TokenStartIndex;
                    continue;
                }

                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    continue;
                }

                var start = (int)reader.TokenStartIndex;
                var whole = reader;
                whole.Skip();
                spans.Add((start, (int)whole.BytesConsumed));
                if (name >= 0)
                {
                    spans.Add((name, (int)whole.BytesConsumed));
                }

                name = -1;
            }
        }
        catch (JsonException)
        {
            // What was found before it stopped being JSON can still be changed.
        }

        return spans;
    }
}
