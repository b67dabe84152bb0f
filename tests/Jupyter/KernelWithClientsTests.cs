using System.Text.Json.Nodes;
using Ndt.Cli;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Jupyter;

/// <summary>The kernel as Jupyter's own clients see it.</summary>
[Trait("Category", "Integration")]
public sealed class KernelWithClientsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Jupyters_suite_for_kernels_has_no_failure() =>
        await RunScript("kernel_suite.py", "jupyter_kernel_test");

    [Fact]
    public async Task Interrupts_input_updates_queues_and_restart_work() =>
        await RunScript("kernel_behaviour.py", "jupyter_client");

    [Fact]
    public async Task Odd_messages_do_not_end_it_and_the_end_of_its_client_does() =>
        await RunScript("kernel_odd_messages.py", "jupyter_client");

    /// <summary>nbconvert executes with nbclient.</summary>
    [Fact]
    public async Task Nbconvert_gives_the_same_outputs_as_the_command_and_makes_a_page_of_them()
    {
        var python = PythonTool.WithModules("nbconvert", "nbclient", "nbformat");
        var notebook = folder.PathOf("sample.ipynb");
        File.Copy(Fixture("notebooks", "sample.ipynb"), notebook);
        Assert.Equal(0, await NdtCommand.RunAsync(["notebooks", "run", notebook]));
        const string Executed = "theirs.ipynb";
        var (code, text) = PythonTool.Run(
            python, ["-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=ndt", "--output", Executed, notebook], await Install());
        Assert.True(code == 0, text);
        (code, text) = PythonTool.Run(python, ["-c", "import sys, nbformat; nbformat.validate(nbformat.read(sys.argv[1], 4))", folder.PathOf(Executed)], jupyterData: null);
        Assert.True(code == 0, text);
        var theirs = NotebookDocument.Read(folder.PathOf(Executed));
        theirs.NormaliseMetadata();

        // A front end's page gets plotly.js with the session's first figure; the command's notebooks do without.
        var script = PlotlyScript.Element();
        var figure = theirs.Cells.Where(cell => cell.IsCode).SelectMany(cell => cell.Outputs).Select(output => output!["data"] as JsonObject)
            .Single(data => MultilineText.Read(data?["text/html"]).StartsWith(script, StringComparison.Ordinal))!;
        figure["text/html"] = MultilineText.Write(MultilineText.Read(figure["text/html"])[script.Length..]);
        Assert.Equal(NotebookDocument.Read(notebook).ToText(), theirs.ToText());

        (code, text) = PythonTool.Run(python, ["-m", "nbconvert", "--to", "html", folder.PathOf(Executed)], jupyterData: null);
        Assert.True(code == 0, text);
        Assert.Contains("13.5", File.ReadAllText(folder.PathOf("theirs.html")), StringComparison.Ordinal);
    }

    private static string Fixture(params ReadOnlySpan<string> path) => RepositoryPaths.Fixture(Path.Combine(path));

    private async Task RunScript(string name, string module)
    {
        var python = PythonTool.WithModules(module);
        var (code, text) = PythonTool.Run(python, ["-W", "ignore", Fixture("jupyter", name)], await Install());
        Assert.True(code == 0, text);
    }

    private async Task<string> Install()
    {
        Assert.Equal(0, await NdtCommand.RunAsync(["kernel", "install", "--prefix", folder.Root]));
        return folder.PathOf("share/jupyter");
    }
}
