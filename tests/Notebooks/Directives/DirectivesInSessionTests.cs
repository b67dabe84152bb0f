using System.IO.Compression;
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

    public DirectivesInSessionTests() => session = new NotebookSession(folder.Root, folder.PathOf("restored"));

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
    public async Task A_package_that_the_host_carries_is_the_hosts_own() =>
        Assert.Equal(["result:GenericChart"], (await Run("#r \"nuget: Plotly.NET, 6.0.0\"\n#r \"nuget: Plotly.NET.Interactive\"\ntypeof(Plotly.NET.GenericChart).Name")).Messages);

    [Fact]
    public async Task Other_packages_are_restored_from_the_configured_feeds()
    {
        ConfigureFeed();
        AddPackage("Ndt.Test.Tiny", "1.0.0", "namespace Tiny; public static class Answer { public static int Value => 42; }");
        Assert.Equal(["result:42"], (await Run("#r \"nuget: Ndt.Test.Tiny, 1.0.0\"\nTiny.Answer.Value")).Messages);
    }

    [Fact]
    public async Task A_package_that_no_feed_has_is_an_error_in_plain_words()
    {
        ConfigureFeed();
        var failure = (await Run("1\n\n#r \"nuget: Ndt.Test.Missing, 1.0.0\"")).Failure!;
        Assert.StartsWith("cell[1], line 3: package Ndt.Test.Missing cannot be restored: NU1101: Unable to find package Ndt.Test.Missing", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.PathOf("restored"), failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing but a folder of this test's own, so that no test asks a registry or leaves something in the user's cache.</summary>
    private void ConfigureFeed()
    {
        Directory.CreateDirectory(folder.PathOf("feed"));
        File.WriteAllText(folder.PathOf("NuGet.Config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{folder.PathOf("cache")}" /></config>
              <packageSources><clear /><add key="local" value="{folder.PathOf("feed")}" /></packageSources>
            </configuration>
            """);
    }

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

    private async Task<RecordingSink> Run(string code)
    {
        var sink = new RecordingSink();
        await session.RunAsync(code, ++count, sink, null, TestContext.Current.CancellationToken);
        return sink;
    }
}
