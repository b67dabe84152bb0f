using System.Text.RegularExpressions;
using Ndt.Cli;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

/// <summary>The notebooks of phase 1 as they stand in the repository.</summary>
public sealed partial class PhaseOneNotebookTests : IDisposable
{
    private const string DefinitionsCell = "measured";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "notebooks"), "0*_phase1_*.ipynb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Integration")]
    public async Task It_runs_headless_on_a_few_small_records(string name)
    {
        var records = RepositoryPaths.Fixture("phase1/records");
        Assert.Equal(0, await NdtCommand.RunAsync(["notebooks", "run", PathOf(name), "-p", $"records={records}", "--output-dir", folder.Root]));
        var cells = NotebookDocument.Read(folder.PathOf(name)).Cells.Where(cell => cell.IsCode).ToArray();
        Assert.DoesNotContain(cells, cell => cell.Outputs.Any(output => output!["output_type"]!.ToString() == "error"));
        var verdict = Assert.Single(cells, cell => cell.Tags.Contains("verdict"));
        Assert.StartsWith("On 3 runs", MultilineText.Read(verdict.Outputs[0]!["data"]!["text/markdown"]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_cells_have_ids_of_their_own_that_can_be_read(string name)
    {
        string[] ids = [.. Cells(name).Select(cell => cell.Json["id"]!.ToString())];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-z][a-z0-9-]*$", id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_sources_name_no_machine_and_its_prose_types_no_result(string name)
    {
        Assert.All(Cells(name), cell => Assert.DoesNotMatch(MachinePath(), cell.Source));
        Assert.All(
            Cells(name).Where(cell => cell.Type == "markdown" && cell.Json["id"]!.ToString() != DefinitionsCell),
            cell => Assert.DoesNotMatch(TypedNumber(), cell.Source));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_begins_with_its_question_and_no_cell_is_longer_than_fifteen_lines(string name)
    {
        var cells = Cells(name);
        Assert.StartsWith("# ", cells[0].Source, StringComparison.Ordinal);
        Assert.Contains('?', cells[0].Source);
        Assert.StartsWith("#r \"../artifacts/", cells[1].Source, StringComparison.Ordinal);
        Assert.Contains(cells.Take(4), cell => cell.Tags.Contains("parameters"));
        Assert.All(cells.Where(cell => cell.IsCode), cell => Assert.InRange(cell.Source.Split('\n').Length, 1, 15));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_verdict_has_at_most_sixty_words_and_three_numbers(string name)
    {
        var verdict = Assert.Single(Cells(name), cell => cell.Tags.Contains("verdict"));
        var text = MultilineText.Read(verdict.Outputs[0]!["data"]!["text/markdown"]);
        Assert.InRange(text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length, 10, 60);
        Assert.InRange(Number().Count(Interval().Replace(text, "")), 1, 3);
    }

    private static IReadOnlyList<NotebookCell> Cells(string name) => NotebookDocument.Read(PathOf(name)).Cells;

    private static string PathOf(string name) => Path.Combine(RepositoryPaths.Root, "notebooks", name);

    [GeneratedRegex(@"/(home|root|tmp|work|Users)/|[A-Z]:\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Number();

    // An interval belongs to its number.
    [GeneratedRegex(@"\[[^\[\]]*\d[^\[\]]*\](?!\()")]
    private static partial Regex Interval();

    [GeneratedRegex(@"\d\s*%|\d[.,]\d|\b\d{2,}\b")]
    private static partial Regex TypedNumber();
}
