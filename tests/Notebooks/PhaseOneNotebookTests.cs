using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

/// <summary>The notebooks of phase 1 on other records; how they stand in the repository is in <see cref="PublishedNotebookTests"/>.</summary>
public sealed class PhaseOneNotebookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "notebooks"), "0*_phase1_*.ipynb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Integration")]
    public void It_runs_headless_on_a_few_small_records(string name)
    {
        // Without a browser: the images of figures are half of the time, and say nothing of the records.
        var nothing = new Dictionary<string, string> { [BrowserLocator.Variable] = "" };
        var (code, output, error) = NdtProcess.Run(nothing, "notebooks", "run", PathOf(name), "-p", $"records={RepositoryPaths.Fixture("phase1/records")}", "--output-dir", folder.Root);
        Assert.True(code == 0, output + error);
        var cells = NotebookDocument.Read(folder.PathOf(name)).Cells.Where(cell => cell.IsCode).ToArray();
        Assert.DoesNotContain(cells, cell => cell.Outputs.Any(output => output!["output_type"]!.ToString() == "error"));
        var verdict = Assert.Single(cells, cell => cell.Tags.Contains("verdict"));
        Assert.StartsWith("On 3 runs", MultilineText.Read(verdict.Outputs[0]!["data"]!["text/markdown"]), StringComparison.Ordinal);
    }

    private static string PathOf(string name) => Path.Combine(RepositoryPaths.Root, "notebooks", name);
}
