using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ndt.Tests.Documentation;

/// <summary>The library compiled anew from its sources with changes, as someone who follows a recipe would have it.</summary>
internal static class ChangedLibrary
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    // Public members without a docstring, or with one that lacks a parameter: errors in this repository's build.
    private static readonly string[] ErrorsHere = ["CS1573", "CS1591"];

    /// <summary>Applies diffs, adds files, compiles and loads.</summary>
    public static Assembly Compile(IEnumerable<string> diffs, IEnumerable<string> files)
    {
        var sources = Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "lib"), "*.cs", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/'), File.ReadAllText);
        foreach (var diff in diffs)
        {
            Apply(diff, sources);
        }

        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithDocumentationMode(DocumentationMode.Diagnose);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is not ("Ndt.Lib" or "Ndt.Tests" or "ndt"));
        var compilation = CSharpCompilation.Create(
            "Ndt.Lib",
            sources.Values.Concat(files).Append(ImplicitUsings).Select(text => CSharpSyntaxTree.ParseText(text, options)),
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var generators = CSharpGeneratorDriver.Create(Generators()).WithUpdatedParseOptions(options);
        generators.RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _, TestContext.Current.CancellationToken);
        var result = whole.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error || ErrorsHere.Contains(one.Id)).Select(one => one.ToString()));
        stream.Position = 0;
        return new AssemblyLoadContext("a changed library").LoadFromStream(stream);
    }

    /// <summary>Takes the lines that begin with a blank or a minus for those that begin with a blank or a plus; they have to stand in the file once.</summary>
    private static void Apply(string diff, Dictionary<string, string> sources)
    {
        var lines = diff.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var file = lines[0]["--- ".Length..];
        Assert.True(sources.ContainsKey(file), $"a recipe changes {file}, which is not there");
        string Lines(char sign) => string.Join('\n', lines[1..].Where(line => line.Length > 0 && (line[0] == ' ' || line[0] == sign)).Select(line => line[1..]));
        var (before, after) = (Lines('-'), Lines('+'));
        Assert.True(sources[file].Split(before).Length == 2, $"a recipe changes in {file} what does not stand there, once:\n{before}");
        sources[file] = sources[file].Replace(before, after, StringComparison.Ordinal);
    }

    // The SDK's own, for regular expressions and JSON.
    private static ISourceGenerator[] Generators()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        Assert.SkipUnless(Directory.Exists(packs), "the SDK's reference pack with its source generators is not beside the runtime");
        var pack = Directory.GetDirectories(packs).Order(StringComparer.Ordinal).Last();
        return
        [
            .. from path in Directory.GetFiles(Path.Combine(pack, "analyzers", "dotnet", "cs"), "*.dll")
               where Path.GetFileName(path) is "System.Text.Json.SourceGeneration.dll" or "System.Text.RegularExpressions.Generator.dll" or "Microsoft.Interop.LibraryImportGenerator.dll"
               from type in Assembly.LoadFrom(path).GetTypes()
               where !type.IsAbstract && type.GetCustomAttribute<GeneratorAttribute>() is not null
               let made = Activator.CreateInstance(type)!
               select made is IIncrementalGenerator incremental ? incremental.AsSourceGenerator() : (ISourceGenerator)made,
        ];
    }
}
