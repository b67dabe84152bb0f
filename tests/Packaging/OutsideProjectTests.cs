using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ndt.Tests.Documentation;

namespace Ndt.Tests.Packaging;

/// <summary>
/// A console project in an empty folder, as anybody makes one: no Directory.*.props of ours is above it. It builds without a warning, and what it needs at run time
/// is beside it, whatever it touches first.
/// </summary>
[Trait("Category", "Integration")]
public sealed partial class OutsideProjectTests
{
    private const string Reference = "reference";
    private const string Package = "package";

    [Theory]
    [InlineData(Reference)]
    [InlineData(Package)]
    public void A_program_of_ones_own_builds_without_a_warning_and_calls_every_room(string way)
    {
        using var folder = new TemporaryFolder();
        var programs = Programs();
        MakeProject(folder, way, programs);
        var built = Dotnet(folder.PathOf("my"), "build", "-c", "Release", "-o", folder.PathOf("out"), "-warnaserror", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.True(built.Code == 0, built.Output);
        Assert.Contains(" 0 Warning(s)", built.Output);
        // The snippets do not depend on the way, so they run only once; that they compile is seen in both.
        foreach (var (name, (_, expected)) in programs.Where(program => way == Package || !program.Key.EndsWith(".Snippet.Run", StringComparison.Ordinal)))
        {
            var run = Dotnet(folder.PathOf("my"), folder.PathOf("out", "my.dll"), name);
            Assert.True(run.Code == 0, $"{name}: {run.Output}{run.Error}");
            Assert.Matches(expected, run.Output.ReplaceLineEndings("\n"));
        }

        // A cache of ours is not what they are loaded from: it may not be writable.
        Assert.False(Directory.Exists(folder.PathOf("cache")));
    }

    [Fact]
    public void Every_room_is_called()
    {
        var source = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "tests", "Packaging", "Outside", "EveryRoom.cs"));
        var rooms = typeof(ProjectFolder).Assembly.GetExportedTypes()
            .Select(type => type.Namespace!.Split('.'))
            .Where(parts => parts is ["Ndt", _, ..])
            .Select(parts => parts[1])
            .Distinct();
        Assert.All(rooms, room => Assert.Contains($"\"{room} ", source));
    }

    [Fact]
    public void The_packages_targets_name_the_version_of_TorchSharp_that_is_pinned()
    {
        var pinned = XDocument.Load(Path.Combine(RepositoryPaths.Root, "Directory.Packages.props")).Descendants("PackageVersion").Single(item => item.Attribute("Include")!.Value == "TorchSharp").Attribute("Version")!.Value;
        var targets = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "lib", "Torch", "Ndt.Lib.targets"));
        Assert.Equal([pinned], NuGetVersion().Matches(targets).Select(match => match.Groups[1].Value).Distinct());
    }

    // Source and the expected output of each, by name.
    private static Dictionary<string, (string Source, string Expected)> Programs()
    {
        var outside = Path.Combine(RepositoryPaths.Root, "tests", "Packaging", "Outside");
        var natives = File.ReadAllText(Path.Combine(outside, "NativesFirst.cs"));
        return new Dictionary<string, (string, string)>
        {
            ["Ndt.Tests.Packaging.Outside.EveryRoom.Run"] = (File.ReadAllText(Path.Combine(outside, "EveryRoom.cs")), "^Torch cpu\n(?s:.*)Similarity 1.000000 1.000000 0\n"),
            ["Ndt.Tests.Packaging.Outside.NativesFirst.NetworkBefore"] = (natives, "^measured 2 layers\n$"),
            ["Ndt.Tests.Packaging.Outside.NativesFirst.SeedBefore"] = ("", "^measured 2 layers\n$"),
            ["Ndt.Tests.Packaging.Outside.NativesFirst.Threads"] = ("", "^(measured 2 layers\n){4}$"),
            ["Network.Snippet.Run"] = (Snippet("Network", MarkdownBlocks.Under("README.md", "Use it on your own network", "csharp")), "^hidden: stable rank "),
            ["Architecture.Snippet.Run"] = (Snippet("Architecture", MarkdownBlocks.Under(RecipesTests.Page, "Add an architecture", "csharp")), "^hidden: stable rank "),
            ["Dataset.Snippet.Run"] = (Snippet("Dataset", MarkdownBlocks.Under(RecipesTests.Page, "Add a dataset", "csharp")), " % right after 500 steps\n"),
            ["Estimator.Snippet.Run"] = (Snippet("Estimator", MarkdownBlocks.Under(RecipesTests.Page, "Add an estimator", "csharp")), "^hidden: "),
            ["Detector.Snippet.Run"] = (Snippet("Detector", MarkdownBlocks.Under(RecipesTests.Page, "Add a detector", "csharp")), "\nmedian step: not valid"),
            ["Watched.Snippet.Run"] = (Snippet("Watched", MarkdownBlocks.Under(RecipesTests.Page, "Follow your own training", "csharp")), "^my_net.parquet: "),
        };
    }

    // A program of statements as a method, its types beside it, so that one project holds all of them.
    private static string Snippet(string name, IReadOnlyList<string> blocks)
    {
        var lines = blocks.SelectMany(block => block.ReplaceLineEndings("\n").Split('\n')).ToArray();
        var usings = lines.Where(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=') && line.EndsWith(';')).Distinct().ToArray();
        List<string> types = [], statements = [];
        var inType = false;
        foreach (var line in lines.Where(line => !usings.Contains(line)))
        {
            inType = inType || line.StartsWith("public ", StringComparison.Ordinal) || line.StartsWith("/// ", StringComparison.Ordinal);
            (inType ? types : statements).Add(line);
            inType = inType && line != "}";
        }

        return $"{string.Join('\n', usings)}\n\nnamespace {name};\n\n{string.Join('\n', types)}\n\ninternal static class Snippet\n{{\n    public static void Run()\n    {{\n{string.Join('\n', statements)}\n    }}\n}}\n";
    }

    private static void MakeProject(TemporaryFolder folder, string way, Dictionary<string, (string Source, string Expected)> programs)
    {
        Assert.Equal(0, Dotnet(folder.Root, "new", "console", "-n", "my", "--no-restore").Code);
        var cases = string.Join("\n", programs.Keys.Select(name => $"    case \"{name}\": {name}(); break;"));
        folder.Write("my/Program.cs", $"switch (args[0])\n{{\n{cases}\n}}\n");
        foreach (var (name, (source, _)) in programs.Where(program => program.Value.Source.Length > 0))
        {
            folder.Write($"my/{name}.cs", source);
        }

        var project = folder.PathOf("my", "my.csproj");
        if (way == Reference)
        {
            var added = Dotnet(folder.PathOf("my"), "add", "reference", Path.Combine(RepositoryPaths.Root, "Ndt.Lib.csproj"));
            Assert.True(added.Code == 0, added.Output);
            return;
        }

        var packed = Dotnet(RepositoryPaths.Root, "pack", "Ndt.Lib.csproj", "-c", "Release", "--no-restore", "-o", folder.PathOf("packages"), "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Assert.True(packed.Code == 0, packed.Output);
        var version = Regex.Match(Path.GetFileName(Directory.GetFiles(folder.PathOf("packages"), "*.nupkg").Single()), "^Ndt.Lib.(.*).nupkg$").Groups[1].Value;
        var caches = Dotnet(folder.Root, "nuget", "locals", "global-packages", "--list", "--force-english-output").Output;
        var text = XDocument.Load(project);
        text.Root!.Add(
            new XElement("ItemGroup", new XElement("PackageReference", new XAttribute("Include", "Ndt.Lib"), new XAttribute("Version", version))),
            new XElement(
                "PropertyGroup",
                new XElement("RestoreAdditionalProjectSources", folder.PathOf("packages")),
                new XElement("RestorePackagesPath", folder.PathOf("restored")),
                new XElement("RestoreFallbackFolders", caches[(caches.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())));
        text.Save(project);
    }

    private static (int Code, string Output, string Error) Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        // Nodes that stay would keep the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["NuGetAudit"] = "false";
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder.EndsWith("my", StringComparison.Ordinal) ? Path.GetDirectoryName(folder)! : folder, "cache");
        start.Environment["CreateHardLinksForCopyLocalIfPossible"] = "true";
        using var process = Process.Start(start)!;
        return NdtProcess.End(process);
    }

    [GeneratedRegex("NuGetPackageVersion\\)' == '([^']*)'")]
    private static partial Regex NuGetVersion();
}
