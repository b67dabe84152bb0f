using Ndt.Cli;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

public sealed class NotebookLanguageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}""", "kernelspec is Python 3")]
    [InlineData("""{"kernelspec": {"display_name": "Python 3 (ipykernel)", "name": "python3"}}""", "kernelspec is Python 3 (ipykernel)")]
    [InlineData("""{"kernelspec": {"name": "julia-1.9"}}""", "kernelspec.name is julia-1.9")]
    [InlineData("""{"kernelspec": {"display_name": "R"}}""", "kernelspec is R")]
    [InlineData("""{"language_info": {"name": "python"}}""", "language_info.name is python")]
    [InlineData("""{"language_info": {"name": "C++"}}""", "language_info.name is C++")]
    [InlineData("""{"kernelspec": {"display_name": ".NET (F#)", "language": "F#", "name": ".net-fsharp"}}""", "kernelspec is .NET (F#)")]
    [InlineData("""{"kernelspec": {"display_name": ".NET (PowerShell)", "name": ".net-powershell"}}""", "kernelspec is .NET (PowerShell)")]
    [InlineData("""{"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "fsharp"}}}""", "polyglot_notebook.kernelInfo.defaultKernelName is fsharp")]
    [InlineData("""{"dotnet_interactive": {"language": "pwsh"}}""", "dotnet_interactive.language is pwsh")]
    public void Another_language_s_notebook_is_refused(string metadata, string message) => Assert.Equal(
        $"n: {message}; this host runs C#",
        Assert.Throws<InputException>(() => NotebookLanguage.Require(Notebook(metadata), "n")).Message);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"kernelspec": {}, "language_info": {}}""")]
    [InlineData("""{"kernelspec": 1, "language_info": ["python"], "polyglot_notebook": null}""")]
    [InlineData("""{"kernelspec": {"display_name": "C# (ndt)", "language": "C#", "name": "ndt"}}""")]
    [InlineData("""{"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "language_info": {"name": "polyglot-notebook"}, "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp"}}}""")]
    [InlineData("""{"kernelspec": {"name": ".net-csharp"}}""")]
    [InlineData("""{"kernelspec": {"display_name": "mine", "name": "mine"}, "language_info": {"name": "C#"}}""")]
    [InlineData("""{"kernelspec": {"language": "CSharp", "name": "x"}}""")]
    [InlineData("""{"language_info": {"name": "c sharp"}}""")]
    [InlineData("""{"language_info": {"name": "C# 12"}}""")]
    [InlineData("""{"kernelspec": {"display_name": ".NET (C#)"}}""")]
    public void Ours_is_taken_however_it_spells_the_language(string metadata) => NotebookLanguage.Require(Notebook(metadata), "n");

    [Theory]
    [InlineData("run")]
    [InlineData("run", "--output-dir", "out")]
    [InlineData("run", "--help-parameters")]
    [InlineData("check")]
    public async Task A_Python_notebook_among_ours_ends_the_command_before_anything_is_written(params string[] command)
    {
        var ours = folder.Write("a.ipynb", Text("{}", "1 + 1"));
        var python = Path.Combine(folder.Root, "b.ipynb");
        File.Copy(RepositoryPaths.SharedOrSkip("cases", "notebooks", "03-python-notebook.ipynb"), python);
        var before = (File.ReadAllText(ours), File.ReadAllText(python));
        Assert.Equal(2, await NdtCommand.RunAsync(["notebooks", command[0], ours, python, .. command.AsSpan(1).ToArray().Select(a => a == "out" ? folder.PathOf("out") : a)]));
        Assert.Equal(2, await NdtCommand.RunAsync(["notebooks", command[0], folder.Root]));
        Assert.Equal(before, (File.ReadAllText(ours), File.ReadAllText(python)));
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Theory]
    [InlineData("a.py", "print(1)\n")]
    [InlineData("a.md", "# Title\n")]
    [InlineData("a.ipynb", "")]
    [InlineData("a.ipynb", """{"name": "package", "version": "1"}""")]
    [InlineData("a.ipynb", """{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}""")]
    [InlineData("a.ipynb", """{"nbformat": 5, "nbformat_minor": 0, "metadata": {}, "cells": []}""")]
    public async Task Another_kind_of_file_is_refused_and_stays(string name, string text)
    {
        var path = folder.Write(name, text);
        Assert.Equal(2, await NdtCommand.RunAsync(["notebooks", "run", path]));
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused_and_stay()
    {
        var path = folder.PathOf("a.ipynb");
        byte[] bytes = [.. System.Text.Encoding.Latin1.GetBytes(Text("{}", "var café = 1;"))];
        File.WriteAllBytes(path, bytes);
        Assert.Equal(2, await NdtCommand.RunAsync(["notebooks", "run", path]));
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    private static string Text(string metadata, string source = "1") =>
        $$"""{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": "{{source}}"}], "metadata": {{metadata}}, "nbformat": 4, "nbformat_minor": 4}""";

    private static NotebookDocument Notebook(string metadata) => NotebookDocument.Parse(Text(metadata), "n");
}
