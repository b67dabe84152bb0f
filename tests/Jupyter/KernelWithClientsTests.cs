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

    [Fact]
    public async Task Nbclient_gives_the_same_outputs_as_the_command()
    {
        var python = PythonTool.WithModules("nbclient", "nbformat");
        var notebook = folder.PathOf("sample.ipynb");
        File.Copy(Fixture("notebooks", "sample.ipynb"), notebook);
        Assert.Equal(0, await NdtCommand.RunAsync(["notebooks", "run", notebook]));
        const string client = """
            import sys, nbformat
            from nbclient import NotebookClient
            nb = nbformat.read(sys.argv[1], 4)
            nbformat.validate(nb)
            NotebookClient(nb, kernel_name="ndt", resources={"metadata": {"path": sys.argv[2]}}).execute()
            nbformat.write(nb, sys.argv[1] + ".nbclient")
            """;
        var (code, text) = PythonTool.Run(python, ["-c", client, notebook, folder.Root], await Install());
        Assert.True(code == 0, text);
        var theirs = NotebookDocument.Read(notebook + ".nbclient");
        theirs.NormaliseMetadata();

        // A front end's page gets plotly.js with the session's first figure; the command's notebooks do without.
        var script = PlotlyScript.Element();
        var figure = theirs.Cells.Where(cell => cell.IsCode).SelectMany(cell => cell.Outputs).Select(output => output!["data"] as JsonObject)
            .Single(data => MultilineText.Read(data?["text/html"]).StartsWith(script, StringComparison.Ordinal))!;
        figure["text/html"] = MultilineText.Write(MultilineText.Read(figure["text/html"])[script.Length..]);
        Assert.Equal(NotebookDocument.Read(notebook).ToText(), theirs.ToText());
    }

    [Fact]
    public async Task Nbconvert_executes_a_notebook()
    {
        var python = PythonTool.WithModules("nbconvert");
        File.Copy(Fixture("notebooks", "sample.ipynb"), folder.PathOf("sample.ipynb"));
        var (code, text) = PythonTool.Run(python, ["-m", "nbconvert", "--to", "html", "--execute", folder.PathOf("sample.ipynb")], await Install());
        Assert.True(code == 0, text);
        Assert.Contains("13.5", File.ReadAllText(folder.PathOf("sample.html")), StringComparison.Ordinal);
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
