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

    /// <summary>The reason of a failure in one line.</summary>
    public static string Reason(JsonException e) => e.Message.Split('\n')[0].TrimEnd('\r');
}
