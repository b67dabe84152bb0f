using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ndt.Cli.Notebooks.Execution;
using Ndt.Tests.Notebooks.Execution;

namespace Ndt.Tests.Notebooks.Directives;

[Trait("Category", "Integration")]
public sealed class DirectivesInSessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly NotebookSession session;
    private int count;

    public DirectivesInSessionTests() => session = new NotebookSession(folder.Root);

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Pieces_are_shown_in_their_order()
    {
        var sink = await Run("1\n#!markdown\n**b**\n#!html\n<i>x</i>\n#!csharp\n2");
        Assert.Equal(["display d1:1", "display d2:**b**", "display d3:<i>x</i>", "result:2"], sink.Messages);
    }

    [Fact]
    public async Task An_error_behind_a_directive_has_the_line_that_the_author_sees() =>
        Assert.StartsWith("cell[1], line 5: CS0103", (await Run("#!markdown\ntext\n#!csharp\n\nunknown")).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_refused_directive_is_an_error_and_nothing_runs()
    {
        var sink = await Run("Console.Write(1);\n#!pwsh\nls");
        Assert.StartsWith("cell[1], line 2: #!pwsh is not supported", sink.Failure!.Message, StringComparison.Ordinal);
        Assert.Single(sink.Messages);
    }

    [Fact]
    public async Task Another_notebook_and_a_file_can_be_imported()
    {
        File.WriteAllText(folder.PathOf("lib.ipynb"), """{"cells": [{"cell_type": "code", "metadata": {}, "source": "var a = 1; 5"}, {"cell_type": "code", "metadata": {}, "source": "#!time\nvar b = a + 1;"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""");
        File.WriteAllText(folder.PathOf("more.cs"), "var c = b + 1;");
        var sink = await Run("#!import lib.ipynb\n#!import \"more.cs\"\n#load \"more.cs\"\nc");
        Assert.Equal("result:3", sink.Messages[^1]);
        Assert.Contains("there is no file nowhere.ipynb", (await Run("#!import nowhere.ipynb")).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_is_shown_where_it_is_asked_for() =>
        Assert.StartsWith("display d1:Wall time: ", (await Run("#!time\nvar x = 1;")).Messages[^1], StringComparison.Ordinal);

    [Fact]
    public async Task An_imported_file_counts_its_own_imports_from_its_own_folder()
    {
        Directory.CreateDirectory(folder.PathOf("sub"));
        WriteNotebook("sub/leaf.ipynb", "int FromLeaf = 3;");
        WriteNotebook("sub/middle.ipynb", "#!import leaf.ipynb", "int FromMiddle = FromLeaf + 1;");
        Assert.Equal(["result:4"], (await Run("#!import sub/middle.ipynb\nFromMiddle")).Messages);
    }

    [Fact]
    public async Task Files_that_import_each_other_are_an_error_that_names_them()
    {
        WriteNotebook("a.ipynb", "#!import b.ipynb");
        WriteNotebook("b.ipynb", "#!import a.ipynb");
        Assert.Contains("a.ipynb imports itself (a.ipynb → b.ipynb → a.ipynb)", (await Run("#!import a.ipynb")).Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(["result:1"], (await Run("1")).Messages);
    }

    [Fact]
    public async Task An_imported_notebooks_skipped_cells_are_skipped_and_its_failing_ones_may_fail()
    {
        File.WriteAllText(folder.PathOf("tags.ipynb"), """
            {"cells": [
              {"cell_type": "code", "metadata": {"tags": ["skip-execution"]}, "source": "throw new Exception(\"skipped\");"},
              {"cell_type": "code", "metadata": {"tags": ["raises-exception"]}, "source": "throw new Exception(\"shown\");"},
              {"cell_type": "code", "metadata": {}, "source": "var after = 1;"}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """);
        var sink = await Run("#!import tags.ipynb\nafter");
        Assert.EndsWith("shown", sink.Messages[0], StringComparison.Ordinal);
        Assert.Equal("result:1", sink.Messages[^1]);
    }

    [Fact]
    public async Task A_notebook_in_another_language_is_not_imported()
    {
        File.WriteAllText(folder.PathOf("r.ipynb"), """{"cells": [], "metadata": {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}}, "nbformat": 4, "nbformat_minor": 5}""");
        Assert.Equal("cell[1], line 1: #!import: r.ipynb: kernelspec is R; this host runs C#", (await Run("#!import r.ipynb")).Failure!.Message);
    }

    [Fact]
    public async Task DotNet_Interactives_own_files_can_be_imported()
    {
        File.WriteAllText(folder.PathOf("lib.dib"), """
            #!meta

            {"kernelInfo":{"defaultKernelName":"csharp","items":[{"name":"csharp"}]}}

            #!markdown

            # A library

            #!csharp

            int Twice(int x) => 2 * x;
            """);
        Assert.Equal("result:42", (await Run("#!import lib.dib\nTwice(21)")).Messages[^1]);
    }

    [Fact]
    public async Task Values_go_from_one_language_to_another()
    {
        var sink = await Run("var x = new { Name = \"a\" };\n#!javascript\n#!share --from csharp x\nconsole.log(x)");
        Assert.Contains(sink.Messages, m => m.Contains("x = {", StringComparison.Ordinal));
        Assert.Contains(sink.Messages, m => m.Contains("console.log(x)", StringComparison.Ordinal));
        Assert.Equal("result:text", (await Run("#!value --name v\ntext\n#!csharp\n#!share --from value v\nv.Trim()")).Messages[^1]);
    }

    [Fact]
    public async Task The_variables_can_be_listed()
    {
        await Run("var kept = 3;");
        Assert.Equal(["display d1:Variable\n────────\nkept"], (await Run("#!who")).Messages);
        Assert.Equal(["display d2:Variable  Type   Value\n────────  ─────  ─────\nkept      Int32  3"], (await Run("#!whos")).Messages);
    }

    [Fact]
    public async Task The_host_can_be_asked_what_it_is() =>
        Assert.StartsWith("display d1:C# (ndt)", Assert.Single((await Run("#!about")).Messages), StringComparison.Ordinal);

    [Fact]
    public async Task Diagrams_are_markdown_that_Jupyter_draws() =>
        Assert.Equal(["display d1:```mermaid\ngraph TD; A-->B\n```"], (await Run("graph TD; A-->B", "mermaid")).Messages);

    [Fact]
    public async Task A_package_that_the_host_carries_is_the_hosts_own() =>
        Assert.Equal(["result:GenericChart"], (await Run("#r \"nuget: Plotly.NET, 6.0.0\"\n#r \"nuget: Plotly.NET.Interactive\"\ntypeof(Plotly.NET.GenericChart).Name")).Messages);

    [Fact]
    public async Task Other_packages_are_restored_from_the_configured_feeds()
    {
        var name = $"Ndt.Test.Tiny{Guid.NewGuid():N}";
        Directory.CreateDirectory(folder.PathOf("feed"));
        AddPackage(name, "1.0.0", "namespace Tiny; public static class Answer { public static int Value => 42; }");
        try
        {
            Assert.Equal(["result:42"], (await Run($"#i \"nuget: {folder.PathOf("feed")}\"\n#r \"nuget: {name}, 1.0.0\" // the smallest\nTiny.Answer.Value")).Messages);
        }
        finally
        {
            // The package management of .NET Interactive knows the user's cache only.
            var cached = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages", name.ToLowerInvariant());
            if (Directory.Exists(cached))
            {
                Directory.Delete(cached, recursive: true);
            }
        }
    }

    [Fact]
    public async Task A_package_that_no_feed_has_is_an_error_in_plain_words()
    {
        Directory.CreateDirectory(folder.PathOf("feed"));
        var failure = (await Run($"1\n#i \"nuget: {folder.PathOf("feed")}\"\n#r \"nuget: Ndt.Test.Missing, 1.0.0\"")).Failure!;
        Assert.StartsWith("cell[1], line 3: package Ndt.Test.Missing, 1.0.0 cannot be restored: NU1101: Unable to find package Ndt.Test.Missing", failure.Message, StringComparison.Ordinal);
    }

    private void WriteNotebook(string name, params string[] cells) => File.WriteAllText(
        folder.PathOf(name),
        new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select(c => (JsonNode)new JsonObject { ["cell_type"] = "code", ["metadata"] = new JsonObject(), ["source"] = c })]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString());

    private void AddPackage(string name, string version, string code)
    {
        using var zip = ZipFile.Open(folder.PathOf($"feed/{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(zip.CreateEntry($"{name}.nuspec").Open()))
        {
            nuspec.Write($"<package><metadata><id>{name}</id><version>{version}</version><authors>a</authors><description>d</description></metadata></package>");
        }

        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = zip.CreateEntry($"lib/net10.0/{name}.dll").Open();
        Assert.True(compilation.Emit(assembly).Success);
    }

    private async Task<RecordingSink> Run(string code, string language = "csharp")
    {
        var sink = new RecordingSink();
        await session.RunAsync(code, ++count, sink, null, TestContext.Current.CancellationToken, language);
        return sink;
    }
}
