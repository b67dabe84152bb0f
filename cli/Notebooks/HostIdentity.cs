using System.Text.Json.Nodes;

namespace Ndt.Cli.Notebooks;

/// <summary>What this host calls itself in notebooks and to Jupyter.</summary>
internal static class HostIdentity
{
    /// <summary>Name of the kernel specification.</summary>
    public const string KernelName = "ndt";

    /// <summary>What a notebook editor shows.</summary>
    public const string DisplayName = "C# (ndt)";

    /// <summary>The cells' language.</summary>
    public const string Language = "C#";

    /// <summary>nbformat's <c>language_info</c>; the version is the language's, so that a patch of the runtime changes no notebook.</summary>
    public static JsonObject LanguageInfo() => new()
    {
        ["codemirror_mode"] = "text/x-csharp",
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = Language,
        ["pygments_lexer"] = "csharp",
        ["version"] = "14.0",
    };
}
