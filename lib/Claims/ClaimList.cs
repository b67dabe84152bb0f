using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ndt.Claims;

/// <summary>The study's published numbers: data/claims.json, carried inside the program.</summary>
public static class ClaimList
{
    private const string Resource = "claims.json";

    /// <summary>All claims, in the order of the file.</summary>
    public static IReadOnlyList<Claim> Load() => File().Claims;

    /// <summary>The rules by which verdicts are reached, in words, by their names.</summary>
    public static IReadOnlyDictionary<string, string> Rules() => File().Rules;

    private static ClaimFile File()
    {
        using var stream = typeof(ClaimList).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        return JsonSerializer.Deserialize(stream, ClaimJson.Default.ClaimFile)!;
    }
}

/// <summary>The shape of data/claims.json.</summary>
internal sealed record ClaimFile(IReadOnlyDictionary<string, string> Rules, IReadOnlyList<Claim> Claims);

/// <summary>Its reader, generated at build time: no reflection at start-up.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ClaimFile))]
internal sealed partial class ClaimJson : JsonSerializerContext;
