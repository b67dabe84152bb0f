using System.Reflection;
using System.Text;
using Ndt.Analysis.ChangePoints;
using Ndt.Cli.Documentation;
using Ndt.Measurement;
using Ndt.Similarity;

namespace Ndt.Tests.Documentation;

public sealed class WrittenDocumentationTests
{
    private const string Remedy = "run `dotnet run --project Ndt.Cli.csproj -c Release -- docs` and commit what it writes";

    /// <summary>What lies in the room of similarities and is no measure: what measures take, and what they are made of.</summary>
    private static readonly Type[] NoMeasures = [typeof(Matrix), typeof(Dissimilarity), typeof(Dissimilarities), typeof(LinearAssignment), typeof(SimilarityMeasure), typeof(BoundedSimilarity)];

    [Fact]
    public void Pages_README_and_figures_say_what_docstrings_results_and_notebooks_say()
    {
        var files = WrittenDocumentation.Files(RepositoryPaths.Root);
        Assert.All(files, file =>
        {
            var path = Path.Combine(RepositoryPaths.Root, file.Key);
            Assert.True(File.Exists(path), $"{file.Key} is missing: {Remedy}");
            Assert.True(file.Value.AsSpan().SequenceEqual(File.ReadAllBytes(path)), $"{file.Key} is stale: {Remedy}{Difference(file.Value, path)}");
        });
        Assert.Empty(WrittenDocumentation.Superfluous(RepositoryPaths.Root, files));
    }

    [Fact]
    public void Every_estimator_detector_and_measure_of_similarity_has_a_page()
    {
        var library = typeof(Estimators).Assembly;
        var parts = typeof(Estimators).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => $"{nameof(Estimators)}.{method.Name}")
            .Concat(library.GetExportedTypes().Where(type => typeof(IChangeDetector).IsAssignableFrom(type) && type.IsClass).Select(type => type.Name))
            .Concat(library.GetExportedTypes().Where(type => type.Namespace == typeof(LinearCka).Namespace && !NoMeasures.Contains(type)).Select(type => type.Name));
        var pages = PartCatalogue.Pages.Select(page => page.Method is null ? page.Type.Name : $"{page.Type.Name}.{page.Method}").ToHashSet();
        Assert.All(parts, part => Assert.True(pages.Contains(part), $"{part} has no page: name it in cli/Documentation/PartCatalogue.cs"));
    }

    public static TheoryData<string> PagePaths => [.. PartCatalogue.Pages.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(PagePaths))]
    public void A_page_says_when_to_use_a_thing_what_fools_it_and_where_it_comes_from(string path)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", path));
        Assert.All(PartPageText.Sections, section =>
            Assert.True(text.Contains($"\n## {section}\n", StringComparison.Ordinal), $"{path} has no section '{section}': its docstring needs a paragraph <para><b>{section}.</b> …</para>"));
    }

    [Fact]
    public void A_docstring_becomes_Markdown_with_links_to_pages_and_sources()
    {
        var markdown = new DocstringMarkdown(PartCatalogue.Pages.First(page => page.Type == typeof(PeltDetector)));
        var remarks = System.Xml.Linq.XElement.Parse("""
            <remarks><para>‖A‖_F &lt; [a]: <c>x_1</c>
              and <see cref="T:Ndt.Analysis.ChangePoints.EdPeltDetector"/>, <see cref="M:Ndt.Measurement.Estimators.StableRank(Ndt.Measurement.Spectrum)"/>,
              <see cref="P:Ndt.Similarity.Matrix.Rows"/>.</para>
              <para><b>Reference.</b> Yao (doi:10.1016/0167-7152(88)90118-6). arXiv:1905.00414.</para></remarks>
            """);
        Assert.Equal(
            [
                (null, @"‖A‖\_F &lt; \[a]: `x_1` and [`EdPeltDetector`](ed-pelt.md), [`StableRank`](../estimators/stable-rank.md), `Matrix.Rows`."),
                ("Reference", "Yao ([doi:10.1016/0167-7152(88)90118-6](https://doi.org/10.1016/0167-7152%2888%2990118-6)). [arXiv:1905.00414](https://arxiv.org/abs/1905.00414)."),
            ],
            markdown.Paragraphs(remarks));
    }

    [Fact]
    public void What_was_found_cannot_be_written_from_notebooks_that_state_no_finding()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notebooks/01_a.ipynb", Notebook("""{"tags": []}""", "**Not tagged.**"));
        var error = Assert.Throws<InputException>(() => FoundText.Of(folder.Root));
        Assert.EndsWith("notebooks: no notebook has a cell tagged 'finding' with stored Markdown; such cells state what was found", error.Message);
    }

    [Fact]
    public void A_finding_is_what_a_tagged_cell_put_out_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("01_a.ipynb", Notebook("""{"tags": ["finding"]}""", "**Much** holds.\nSee [how](../docs/nulls.md).\n"));
        Assert.Equal(["**Much** holds. See [how](../docs/nulls.md)."], FoundText.Findings(path));
    }

    private static string Notebook(string metadata, string markdown) => $$$"""
        {"cells": [{"cell_type": "code", "id": "a", "metadata": {{{metadata}}}, "source": "1", "execution_count": 1,
          "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/markdown": {{{System.Text.Json.JsonSerializer.Serialize(markdown)}}}}}]}],
         "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        """;

    // The first line that differs says what to write better than a command alone does.
    private static string Difference(byte[] expected, string path)
    {
        if (!path.EndsWith(".md", StringComparison.Ordinal))
        {
            return "";
        }

        var (should, stands) = (Encoding.UTF8.GetString(expected).Split('\n'), File.ReadAllText(path).Split('\n'));
        var line = Enumerable.Range(0, should.Length).First(i => i >= stands.Length || should[i] != stands[i] || i + 1 == should.Length);
        return $"\nline {line + 1} should be\n{should[line]}\nand is\n{(line < stands.Length ? stands[line] : "not there")}";
    }
}
