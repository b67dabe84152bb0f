using System.Text.RegularExpressions;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Notebooks;

/// <summary>The paper as it stands in the repository with its outputs.</summary>
public sealed partial class PaperTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "notebooks");
    private static readonly IReadOnlyList<NotebookCell> Cells = NotebookDocument.Read(Path.Combine(Folder, PublishedNotebooks.Paper)).Cells;

    [Fact]
    public void It_is_published_after_all_notebooks_that_it_sums_up()
    {
        string[] names = [.. PublishedNotebooks.In(Folder).Select(path => Path.GetFileName(path))];
        Assert.Equal(PublishedNotebooks.Paper, names[^1]);
        Assert.Equal(Directory.GetFiles(Folder, "0*.ipynb").Length + 1, names.Length);
        Assert.All(names[..^1], name => Assert.Contains(Cells, cell => Text(cell).Contains($"({name})", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_is_set_as_a_paper_and_bears_the_authors_of_the_citation_file()
    {
        Assert.Contains(NotebookPage.PaperTag, Cells[0].Tags);
        var authors = File.ReadLines(Path.Combine(RepositoryPaths.Root, "CITATION.cff")).First(line => line.StartsWith("  - name: ", StringComparison.Ordinal))["  - name: ".Length..].Trim('"');
        Assert.EndsWith($"\n\n{authors}", Cells[0].Source, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_the_parts_of_a_paper_in_their_order()
    {
        string[] headings = [.. Cells.Where(cell => cell.Type == "markdown").SelectMany(cell => cell.Source.Split('\n')).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..].TrimStart(' ', '1', '2', '3', '4', '5', '6', '7'))];
        Assert.Equal(
            ["Abstract", "Introduction", "Limitations, stated up front", "Methods", "Results", "What is shown, and what is not", "Lessons learned", "Where this belongs", "Data and code availability", "References"],
            headings);
    }

    [Fact]
    public void Every_source_in_its_text_is_in_its_references_and_every_reference_is_in_its_text()
    {
        var references = Cells.Single(IsReferences).Source.Split('\n').Where(line => char.IsAsciiDigit(line.FirstOrDefault())).ToArray();
        Assert.Equal(Enumerable.Range(1, references.Length), references.Select(line => int.Parse(line.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture)));
        var named = Cells.Where(cell => cell.Type == "markdown" && !IsReferences(cell)).SelectMany(cell => Source().Matches(cell.Source)).SelectMany(match => match.Groups[1].Value.Split(", ")).SelectMany(Numbers).ToHashSet();
        Assert.Equal(Enumerable.Range(1, references.Length).ToHashSet(), named);
        Assert.All(references.Where(line => line.Contains("doi:", StringComparison.Ordinal)), line => Assert.Matches(@"\[doi:(10\.\d{4,5}/\S+)\]\(https://doi\.org/\1\)$", line));
    }

    [Fact]
    public void Its_prose_types_no_result() =>
        Assert.All(Cells.Where(cell => cell.Type == "markdown" && !IsReferences(cell)), cell => Assert.DoesNotMatch(TypedNumber(), cell.Source));

    [Fact]
    public void Its_tables_and_figures_are_numbered_in_order_and_each_has_its_caption()
    {
        Assert.Equal(["1", "2", "3"], Captions("Table"));
        var figures = Cells.Count(cell => cell.Outputs.Any(output => output?["data"]?["application/vnd.plotly.v1+json"] is not null));
        Assert.Equal(Enumerable.Range(1, figures).Select(i => $"{i}"), Captions("Figure"));
    }

    private static string[] Captions(string kind) => [.. Cells.Select(Text).Select(text => Regex.Match(text, $@"^\*\*{kind} (\d+)\.\*\*")).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    /// <summary>What a reader sees of a cell: its text, or what it put out.</summary>
    private static string Text(NotebookCell cell) =>
        cell.Type == "markdown" ? cell.Source : string.Concat(cell.Outputs.Select(output => MultilineText.Read(output?["data"]?["text/markdown"])));

    private static bool IsReferences(NotebookCell cell) => cell.Source.StartsWith("## References", StringComparison.Ordinal);

    /// <summary>The numbers of <c>7</c> or <c>1–4</c>.</summary>
    private static IEnumerable<int> Numbers(string part)
    {
        int[] ends = [.. part.Split('–').Select(end => int.Parse(end, System.Globalization.CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    // But for a section's number and a year.
    [GeneratedRegex(@"(?<!^###? )\b\d+\.\d|\d\s*%|\d,\d|\b(?!20\d\d\b)\d{3,}\b", RegexOptions.Multiline)]
    private static partial Regex TypedNumber();

    [GeneratedRegex(@"\[(\d+(?:[–]\d+)?(?:, \d+(?:[–]\d+)?)*)\](?!\()")]
    private static partial Regex Source();
}
