using System.Text.RegularExpressions;
using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

/// <summary>The reassessment, the modified phase 2, the question after the ten per cent, dimension beside function, and the paper, as they stand in the repository with their outputs.</summary>
public sealed partial class SecondLookNotebookTests
{
    public static TheoryData<string> Names { get; } = ["04_honest_reassessment.ipynb", "05_modified_phase2.ipynb", "06_ten_percent_of_what.ipynb", "07_dimension_and_function.ipynb", PublishedNotebooks.Paper];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_begins_with_its_question_and_no_cell_is_longer_than_fifteen_lines(string name)
    {
        var cells = Cells(name);
        Assert.StartsWith("# ", cells[0].Source, StringComparison.Ordinal);
        Assert.Contains('?', cells[0].Source);
        Assert.Contains("parameters", cells[2].Tags);
        Assert.All(cells.Where(cell => cell.IsCode), cell => Assert.InRange(cell.Source.Split('\n').Length, 1, 15));
    }

    /// <summary>All but the paper: it numbers its sections and sources, and has a test of its own.</summary>
    public static TheoryData<string> Numbered { get; } = [.. Names.Select(row => row.Data).Where(name => name != PublishedNotebooks.Paper)];

    [Theory]
    [MemberData(nameof(Numbered))]
    public void Its_prose_types_no_result(string name) =>
        Assert.All(Cells(name).Where(cell => cell.Type == "markdown"), cell => Assert.DoesNotMatch(TypedNumber(), cell.Source));

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_verdict_has_at_most_sixty_words_and_three_numbers(string name)
    {
        var verdict = MultilineText.Read(Assert.Single(Cells(name), cell => cell.Tags.Contains("verdict")).Outputs[0]!["data"]!["text/markdown"]);
        Assert.InRange(verdict.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 10, 60);
        Assert.InRange(Number().Count(verdict), 1, 3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_findings_are_one_paragraph_each_that_begins_with_the_finding(string name) =>
        Assert.All(Cells(name).Where(cell => cell.Tags.Contains("finding")), cell =>
        {
            var text = MultilineText.Read(cell.Outputs[0]!["data"]!["text/markdown"]);
            Assert.StartsWith("**", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n", text.Trim(), StringComparison.Ordinal);
        });

    private static IReadOnlyList<NotebookCell> Cells(string name) => NotebookDocument.Read(Path.Combine(RepositoryPaths.Root, "notebooks", name)).Cells;

    [GeneratedRegex(@"\d\s*%|\d[.,]\d|\b\d{3,}\b")]
    private static partial Regex TypedNumber();

    [GeneratedRegex(@"\d+([.,]\d+)*")]
    private static partial Regex Number();
}
