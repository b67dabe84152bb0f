using System.Collections.Frozen;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>The assemblies that this process runs on, by simple name: what cells are compiled against, so that a cell and the host share one copy of every type.</summary>
internal static class HostReferences
{
    private static readonly FrozenDictionary<string, string> Paths = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(Path.GetFileNameWithoutExtension)
        .ToFrozenDictionary(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase);

    /// <summary>Beside the framework: what a notebook of this repository works with, without having to name it.</summary>
    private static readonly string[] Carried =
    [
        "Ndt.Lib", "ndt", "Plotly.NET", "Plotly.NET.CSharp", "DynamicObj", "FSharp.Core", "Microsoft.Data.Analysis", "MathNet.Numerics",
        "TorchSharp", "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting", "Microsoft.DotNet.Interactive.CSharp", "Microsoft.AspNetCore.Html.Abstractions", "Microsoft.CSharp", "netstandard", "mscorlib",
    ];

    /// <summary>The files that every cell is compiled against.</summary>
    public static IReadOnlyList<string> Default { get; } =
        [.. Paths.Where(p => p.Key.StartsWith("System.", StringComparison.Ordinal) || Carried.Contains(p.Key)).Select(p => p.Value)];

    /// <summary>All that this process can load: what a notebook may come to name.</summary>
    public static IReadOnlyList<string> All => Paths.Values;

    /// <summary>Whether this host does itself what a package does for .NET Interactive: its extensions that show charts and frames.</summary>
    public static bool ReplacesPackage(string name) =>
        name.Equals("Plotly.NET.Interactive", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Microsoft.Data.Analysis.Interactive", StringComparison.OrdinalIgnoreCase)
        || name.Equals("TorchSharp-cpu", StringComparison.OrdinalIgnoreCase);

    /// <summary>The host's copy of an assembly, or null where it carries none of that name.</summary>
    public static string? Find(string simpleName) => Paths.GetValueOrDefault(simpleName);
}
