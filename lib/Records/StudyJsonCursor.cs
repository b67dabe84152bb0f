using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ndt.Records;

/// <summary>Goes through a study file token by token, knows where in the file it stands, and turns whatever is wrong there into one line.</summary>
internal ref struct StudyJsonCursor
{
    private static readonly string[] NotNumbers = ["NaN", "Infinity", "-Infinity"];

    private readonly string path;
    private readonly ReadOnlySpan<byte> bytes;
    private Utf8JsonReader json;

    public StudyJsonCursor(string path, ReadOnlySpan<byte> bytes)
    {
        this.path = path;
        this.bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        json = new Utf8JsonReader(this.bytes);
    }

    /// <summary>Index of the measurement being read; null outside of them.</summary>
    public int? Measurement { get; set; }

    /// <summary>The layer being read; null outside of one.</summary>
    public string? Layer { get; set; }

    /// <summary>The field being read in the innermost object; empty at its start.</summary>
    public string Field { get; set; } = "";

    /// <summary>The bytes of the current token as text, without quotes.</summary>
    public readonly string Text => Encoding.UTF8.GetString(json.ValueSpan);

    public readonly bool AtEndOfArray => json.TokenType == JsonTokenType.EndArray;

    private readonly string Place
    {
        get
        {
            var parts = new List<string>(4);
            if (Measurement is not null)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{StudyFields.Measurements}[{Measurement}]"));
            }

            if (Layer is not null)
            {
                parts.Add(StudyFields.LayerMetrics);
                parts.Add(Layer);
            }

            if (Field.Length > 0)
            {
                parts.Add(Field);
            }

            return string.Join('.', parts);
        }
    }

    /// <summary>One line: the file, the place in it, and what is wrong there.</summary>
    public readonly InputException Error(string message) => new($"{path}: {Place}: {message}");

    /// <summary>Goes to the next token; behind the last one it asks that nothing but white space follows.</summary>
    public void Advance()
    {
        if (bytes.IsEmpty)
        {
            throw new InputException($"{path}: is empty; a study record is one JSON object");
        }

        try
        {
            json.Read();
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    /// <summary>
    /// Goes to the value of the next field and makes its name <see cref="Field"/>; false at the object's end. Names among
    /// <paramref name="known"/> cost no allocation; <paramref name="likely"/> is where the next one is expected there.
    /// </summary>
    public bool NextField(ReadOnlySpan<string> known, int likely = 0)
    {
        Advance();
        if (json.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        Field = Name(known, likely);
        Advance();
        return true;
    }

    /// <summary>Passes over the current value, whatever it is.</summary>
    public void Skip()
    {
        try
        {
            json.Skip();
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    public readonly void ExpectObject() => Expect(JsonTokenType.StartObject, "an object");

    public readonly void ExpectArray() => Expect(JsonTokenType.StartArray, "an array");

    public readonly string ReadName()
    {
        Expect(JsonTokenType.String, "a text");
        var text = Decoded();
        return text.Length > 0 ? text : throw Error("is empty; a name is needed");
    }

    public readonly double ReadDouble()
    {
        Expect(JsonTokenType.Number, "a number");
        var value = json.GetDouble();
        return double.IsFinite(value) ? value : throw Error($"is {Text}, beyond a double; a finite number is needed");
    }

    /// <summary>NaN for null: a number that was not recorded.</summary>
    public readonly double ReadDoubleOrNull() => json.TokenType == JsonTokenType.Null ? double.NaN : ReadDouble();

    public readonly int ReadInt(int fewest)
    {
        Expect(JsonTokenType.Number, "a whole number");
        return json.TryGetInt32(out var value) && value >= fewest
            ? value
            : throw Error($"is {Text}; a whole number of at least {fewest.ToString(CultureInfo.InvariantCulture)} is needed");
    }

    private readonly string Name(ReadOnlySpan<string> known, int likely)
    {
        try
        {
            for (var i = 0; i < known.Length; i++)
            {
                var name = known[(likely + i) % known.Length];
                if (json.ValueTextEquals(name))
                {
                    return name;
                }
            }
        }
        catch (InvalidOperationException e)
        {
            throw NotText("the name of the field that comes then", e);
        }

        return Decoded();
    }

    private readonly string Decoded()
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NotText("it", e);
        }
    }

    /// <summary>Bytes that are not UTF-8, or an escape of half a surrogate pair: the reader sees it only when the text is asked for.</summary>
    private readonly InputException NotText(string what, InvalidOperationException e) => new($"{path}: {Place}: {what} holds bytes or escapes that are not Unicode text", e);

    private readonly void Expect(JsonTokenType type, string wanted)
    {
        if (json.TokenType != type)
        {
            throw Error($"is {Found}; {wanted} is needed");
        }
    }

    private readonly string Found => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"the text \"{Text}\"",
        _ => Text,
    };

    /// <summary>Python writes NaN and infinities as bare words, which are not JSON: name them for what they are.</summary>
    private readonly InputException NotJson(JsonException e)
    {
        var rest = bytes[(int)json.BytesConsumed..].TrimStart(" \t\r\n:,["u8);
        foreach (var word in NotNumbers)
        {
            if (rest.StartsWith(Encoding.UTF8.GetBytes(word)))
            {
                return Error($"is {word}; a finite number is needed");
            }
        }

        return new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: not valid JSON at line {e.LineNumber + 1}, near {Place}; is the file complete?"), e);
    }
}
