using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ndt;

/// <summary>How the project's hand-written JSON files are read: snake_case names, every field known and none missing.</summary>
internal static class JsonFile
{
    /// <summary>Unknown, missing, null and repeated fields are errors; comments and trailing commas too.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>
    /// Reads a file. Throws <see cref="JsonException"/> where it is not JSON of that shape, <see cref="InputException"/> where it cannot be read.
    /// </summary>
    public static T Read<T>(string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(InputFile.ReadAllBytes(path), Options) ?? throw new JsonException("it is null");
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text in it is not Unicode", e);
        }
    }

    /// <summary>Throws <see cref="JsonException"/> naming the field where a text of a list is null, which the serializer lets through.</summary>
    public static void RefuseNull(string field, IReadOnlyList<string> texts)
    {
        if (texts.Any(text => text is null))
        {
            throw new JsonException($"field {field} holds null; expected texts");
        }
    }

    /// <summary>The reason of a failure in one line.</summary>
    public static string Reason(JsonException e) => e.Message.Split('\n')[0].TrimEnd('\r');
}
