using System.Text.RegularExpressions;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

/// <summary>The published notebooks as they stand in the repository with their outputs; what only the paper has to keep is in <see cref="PaperTests"/>.</summary>
public sealed partial class PublishedNotebookTests
{
    private const string DefinitionsCell = "measured";
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "notebooks");

    public static TheoryData<string> Names => [.. PublishedNotebooks.In(Folder).Select(path => Path.GetFileName(path))];

    /// <summary>All but the paper: it numbers its sections and sources, and has a test of its own.</summary>
    public static TheoryData<string> Numbered => [.. Names.Select(row => row.Data).Where(name => name != PublishedNotebooks.Paper)];

    /// <summary>Those after phase 1, whose findings stand on the first page.</summary>
    public static TheoryData<string> WithFindings => [.. Numbered.Select(row => row.Data).Where(name => !IsPhaseOne(name))];

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
    public void Its_sources_name_no_machine(string name) => Assert.All(Cells(name), cell => Assert.DoesNotMatch(MachinePath(), cell.Source));

    [Theory]
    [MemberData(nameof(Numbered))]
    public void Its_prose_types_no_result(string name)
    {
        NotebookCell[] prose = [.. Cells(name).Where(cell => cell.Type == "markdown" && cell.Json["id"]!.ToString() != DefinitionsCell)];
        Assert.NotEmpty(prose);

        // The later notebooks speak of the ten per cent and of 55 runs, which are no results.
        Assert.All(prose, cell => Assert.DoesNotMatch(IsPhaseOne(name) ? TypedNumberOfTwoDigits() : TypedNumber(), cell.Source));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_begins_with_its_question_and_no_cell_is_longer_than_fifteen_lines(string name)
    {
        var cells = Cells(name);
        Assert.StartsWith("# ", cells[0].Source, StringComparison.Ordinal);
        Assert.Contains('?', cells[0].Source);
        Assert.StartsWith("#r \"../artifacts/", cells[1].Source, StringComparison.Ordinal);
        Assert.Contains("parameters", cells[2].Tags);
        Assert.All(cells.Where(cell => cell.IsCode), cell => Assert.InRange(cell.Source.Split('\n').Length, 1, 15));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_verdict_has_at_most_sixty_words_and_three_numbers(string name)
    {
        var verdict = Text(Assert.Single(Cells(name), cell => cell.Tags.Contains("verdict")));
        Assert.InRange(verdict.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 10, 60);
        Assert.InRange(Number().Count(IsPhaseOne(name) ? Interval().Replace(verdict, "") : verdict), 1, 3);
    }

    [Theory]
    [MemberData(nameof(WithFindings))]
    public void Its_findings_are_one_paragraph_each_that_begins_with_the_finding(string name)
    {
        NotebookCell[] findings = [.. Cells(name).Where(cell => cell.Tags.Contains("finding"))];
        Assert.NotEmpty(findings);
        Assert.All(findings, cell =>
        {
            Assert.StartsWith("**", Text(cell), StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n", Text(cell).Trim(), StringComparison.Ordinal);
        });
    }

    private static bool IsPhaseOne(string name) => name.Contains("_phase1_", StringComparison.Ordinal);

    private static string Text(NotebookCell cell) => MultilineText.Read(cell.Outputs[0]!["data"]!["text/markdown"]);

    private static IReadOnlyList<NotebookCell> Cells(string name) => NotebookDocument.Read(Path.Combine(Folder, name)).Cells;

    [GeneratedRegex(@"/(home|root|tmp|work|Users)/|\b[A-Z]:\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\d+([.,]\d+)*")]
    private static partial Regex Number();

    // An interval belongs to its number.
    [GeneratedRegex(@"\[[^\[\]]*\d[^\[\]]*\](?!\()")]
    private static partial Regex Interval();

    [GeneratedRegex(@"\d\s*%|\d[.,]\d|\b\d{2,}\b")]
    private static partial Regex TypedNumberOfTwoDigits();

    [GeneratedRegex(@"\d\s*%|\d[.,]\d|\b\d{3,}\b")]
    private static partial Regex TypedNumber();
}
