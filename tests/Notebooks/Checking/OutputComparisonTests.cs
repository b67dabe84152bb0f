using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Checking;

namespace Ndt.Tests.Notebooks.Checking;

public sealed class OutputComparisonTests
{
    // One black pixel, then the same compressed otherwise, a white one, and two black ones; written by Debian's python3 (zlib, struct) with levels 9 and 0.
    private const string Black = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==";
    private const string BlackToo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAADUlEQVR4AQECAP3/AAAAAgABfgUN0gAAAABJRU5ErkJggg==";
    private const string White = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==";
    private const string Wide = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR42mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII=";

    [Theory]
    [InlineData("image/png", $"\"{Black}\"", $"\"{BlackToo}\"")]
    [InlineData("image/png", $"\"{Black}\"", $"[\"{Black}\\n\"]")]
    [InlineData("image/jpeg", "\"AAAA\"", "\"AAAA\\n\"")]
    [InlineData("application/json", """{"a": 1.0, "b": [2]}""", """{"b": [2], "a": 1.00000000001}""")]
    [InlineData("application/json", "\"{\\\"a\\\": 1}\"", """{"a": 1}""")]
    [InlineData("text/html", "\"<td>0.123456789</td>\"", "\"<td>0.123456788</td>\"")]
    [InlineData("image/svg+xml", "\"<path d='M 1.00000 2'/>\"", "\"<path d='M 1.00001 2'/>\"")]
    [InlineData("text/latex", "\"$x = 1.50001$\"", "\"$x = 1.50002$\"")]
    [InlineData("application/x-own", "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData("text/markdown", "null", "null")]
    [InlineData("application/json", "null", "null")]
    [InlineData("application/vnd.plotly.v1+json", "null", "null")]
    public void Forms_that_say_the_same_are_equal(string type, string stored, string now) => Assert.Empty(Compare(Shown(type, stored), Shown(type, now)));

    [Theory]
    [InlineData("image/png", $"\"{Black}\"", $"\"{White}\"", "1 of 1 pixels differ")]
    [InlineData("image/png", $"\"{Black}\"", $"\"{Wide}\"", "1 × 1 pixels were stored, 2 × 1 are shown")]
    [InlineData("image/png", $"\"{Black}\"", "\"AAAA\"", "not a readable PNG")]
    [InlineData("image/png", $"\"{Black}\"", "\"?\"", "not base64")]
    [InlineData("image/jpeg", "\"AAAA\"", "\"AAAB\"", "other bytes")]
    [InlineData("application/json", """{"a": 2}""", """{"a": 1}""", "application/json.a\n  - 2\n  + 1")]
    [InlineData("application/json", """{"a": 1000000}""", """{"a": 1000001}""", "1000001")]
    [InlineData("application/json", """{"a": 1}""", """{"b": 1}""", "application/json\n")]
    [InlineData("application/json", """{"a": "x 1"}""", """{"a": "x 2"}""", "x 2")]
    [InlineData("application/json", "[1, 2]", "[1]", "[1,2]")]
    [InlineData("text/html", "\"<b>2</b>\"", "\"<b>1</b>\"", "<b>1</b>")]
    [InlineData("text/html", "\"<b>2</b>\"", "\"<i>2</i>\"", "<i>2</i>")]
    [InlineData("image/svg+xml", "\"<path d='M 1 2'/>\"", "\"<path d='M 1 3'/>\"", "M 1 3")]
    [InlineData("application/javascript", "\"f(1)\"", "\"g(1)\"", "g(1)")]
    [InlineData("application/json", "null", "1", "- (nothing)\n  + 1")]
    [InlineData("text/markdown", "\"x\"", "null", "- x\n  + (nothing)")]
    public void Forms_that_say_another_thing_are_not(string type, string stored, string now, string expected) =>
        Assert.Contains(expected, Assert.Single(Compare(Shown(type, stored), Shown(type, now))).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_form_that_is_gone_or_new_is_a_difference() => Assert.Equal(
        ["cell[4], output 1 (display_data)\n  - image/png\n  + (nothing)", "cell[4], output 1 (display_data)\n  - (nothing)\n  + text/html"],
        Texts(Compare("""{"output_type": "display_data", "data": {"text/plain": "x", "image/png": "AAAA"}}""", """{"output_type": "display_data", "data": {"text/plain": "x", "text/html": "x"}}""")));

    [Theory]
    [InlineData("ABC", "BC", "output 1: stdout → (nothing)")]
    [InlineData("BC", "ABC", "output 1: (nothing) → stdout")]
    [InlineData("AB", "A", "output 2: display_data → (nothing)")]
    [InlineData("A", "", "output 1: stdout → (nothing)")]
    [InlineData("", "B", "output 1: (nothing) → display_data")]
    [InlineData("AB", "CB", "output 1: stdout → stderr")]
    [InlineData("BA", "BR", "output 2: stdout → execute_result")]
    public void An_output_that_is_missing_unexpected_or_of_another_kind_is_one_difference(string stored, string now, string expected)
    {
        var difference = Assert.Single(Compare(Several(stored), Several(now)));
        Assert.Equal(expected, $"{difference.Place}: {difference.Stored ?? "(nothing)"} → {difference.Now ?? "(nothing)"}");
    }

    [Fact]
    public void Prints_count_as_one_however_a_host_cuts_them() => Assert.Empty(Compare(
        """{"output_type": "stream", "name": "stdout", "text": "a\nb\n"}""",
        """{"output_type": "stream", "name": "stdout", "text": "a\n"}, {"output_type": "stream", "name": "stdout", "text": ["b", "\n"]}"""));

    [Fact]
    public void A_cell_that_fails_is_a_failure_also_where_the_stored_one_failed()
    {
        const string error = """{"output_type": "error", "ename": "E", "evalue": "no", "traceback": []}""";
        Assert.Equal(["cell[4], fails, and is not tagged raises-exception\n  - (nothing)\n  + E: no"], Texts(Compare(error, error)));
        Assert.Single(Compare(error, error, "volatile"));
        Assert.Empty(Compare(error, error, "raises-exception"));
        Assert.Equal(["cell[4], output 1\n  - error\n  + (nothing)"], Texts(Compare(error, "", "raises-exception")));
        Assert.Equal(["cell[4], output 1 (error), line 1\n  - E: no\n  + E: yes"], Texts(Compare(error, error.Replace("no", "yes", StringComparison.Ordinal), "raises-exception")));
    }

    [Fact]
    public void Volatile_cells_are_not_compared() => Assert.Empty(Compare(Several("A"), "", "volatile"));

    [Fact]
    public void Of_a_figure_data_and_layout_are_compared_and_not_what_is_drawn_from_them()
    {
        const string figure = """{"output_type": "display_data", "data": {"application/vnd.plotly.v1+json": {"data": [{"y": [1.0, 2]}], "layout": {"title": "T"}, "config": {"x": 1}}, "image/png": "AAAA", "text/html": "<img>"}}""";
        Assert.Empty(Compare(figure, figure.Replace(", \"image/png\": \"AAAA\", \"text/html\": \"<img>\"", "", StringComparison.Ordinal).Replace("\"x\": 1", "\"x\": 2", StringComparison.Ordinal)));
        Assert.Single(Compare(figure, figure.Replace("\"T\"", "\"U\"", StringComparison.Ordinal)));
        Assert.Single(Compare(figure, figure.Replace("[1.0, 2]", "[1.0, 3]", StringComparison.Ordinal)));
        Assert.Single(Compare(figure, """{"output_type": "display_data", "data": {"image/png": "AAAA", "text/html": "<img>"}}"""));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public void Of_the_shared_case_each_of_five_cells_differs_once_and_the_report_can_be_read_by_a_program()
    {
        var path = RepositoryPaths.SharedOrSkip("cases", "notebooks", "16-check-image.ipynb");
        var (code, text, _) = NdtProcess.Run("notebooks", "check", path, "--json");
        Assert.Equal(1, code);
        var differences = JsonNode.Parse(text)![0]!["differences"]!.AsArray();
        Assert.Equal(["cell[1]", "cell[2]", "cell[3]", "cell[4]", "cell[5]"], differences.Select(d => d!["cell"]!.ToString()));
    }

    private static string Shown(string type, string content) => $$"""{"output_type": "display_data", "metadata": {}, "data": {"{{type}}": {{content}} } }""";

    private static string Several(string kinds) => string.Join(',', kinds.Select(kind => kind switch
    {
        'A' => """{"output_type": "stream", "name": "stdout", "text": "a"}""",
        'B' => """{"output_type": "display_data", "data": {"text/plain": "b"}}""",
        'C' => """{"output_type": "stream", "name": "stderr", "text": "c"}""",
        _ => """{"output_type": "execute_result", "data": {"text/plain": "r"}}""",
    }));

    private static IReadOnlyList<OutputDifference> Compare(string stored, string now, string tag = "t") =>
        new OutputComparison(NumberTolerance.Default).Compare(Document(stored, tag), Document(now, tag));

    private static IEnumerable<string> Texts(IEnumerable<OutputDifference> differences) => differences.Select(d => d.ToString());

    private static NotebookDocument Document(string outputs, string tag) => NotebookDocument.Parse(
        $$"""{"cells": [{"cell_type": "code", "execution_count": 4, "metadata": {"tags": ["{{tag}}"]}, "outputs": [{{outputs}}], "source": "x"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""",
        "n");
}
