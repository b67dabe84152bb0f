using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Notebooks;

public sealed class HostileNotebookTests
{
    [Theory]
    [InlineData("""{"cell_type": "code", "source": "", "metadata": [1]}""", "n: cells[0]: field metadata is a list; an object is expected")]
    [InlineData("""{"cell_type": "code", "source": "", "metadata": "x"}""", "n: cells[0]: field metadata is \"x\"")]
    [InlineData("""{"cell_type": "markdown", "source": "", "attachments": []}""", "n: cells[0]: field attachments is a list")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": {"a": 1}}""", "n: cells[0]: field outputs is an object; a list is expected")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [[]]}""", "n: cells[0].outputs[0] is a list; an output is an object")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [{"output_type": "display_data", "data": ["image/png"]}]}""", "n: cells[0].outputs[0]: field data is a list")]
    public void A_field_of_another_kind_is_refused_by_its_place(string cell, string message) =>
        Assert.StartsWith(message, Assert.Throws<InputException>(() => Parse(cell)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"cell_type": "markdown", "source": "\ud800"}""")]
    [InlineData("""{"cell_type": "markdown", "source": "", "metadata": {"\udc00": 1}}""")]
    [InlineData("""{"cell_type": "code", "source": "", "outputs": [{"output_type": "stream", "text": ["a", "\udfff"]}]}""")]
    public void Half_a_character_is_refused(string cell) => Assert.Contains("not Unicode", Assert.Throws<InputException>(() => Parse(cell)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("""{"height": 1e300, "title": ["x"], "meta": 3}""")]
    public void A_figure_with_another_layout_is_shown_all_the_same(string layout)
    {
        var html = Page($$"""{"cell_type": "code", "source": "x", "outputs": [{"output_type": "display_data", "data": {"application/vnd.plotly.v1+json": {"layout": {{layout}}, "data": 1} } }]}""");
        Assert.Contains("aria-label=\"Figure\" style=\"height:500px\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('>')]
    [InlineData('[')]
    [InlineData('-')]
    [InlineData('*')]
    [InlineData('(')]
    public void Markdown_nested_ten_thousand_deep_is_shown_as_it_stands(char character) =>
        Assert.Contains(System.Net.WebUtility.HtmlEncode(new string(character, 50)), Page($$"""{"cell_type": "markdown", "source": "{{string.Concat(Enumerable.Repeat($"{character} ", 10_000))}}{{new string(character, 10_000)}} x"}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("{", "", "}")]
    [InlineData("class A {", "", "}")]
    [InlineData("A<", "int", ">")]
    [InlineData("$\"{", "1", "}\"")]
    public void Code_nested_ten_thousand_deep_is_shown_all_the_same(string open, string middle, string close)
    {
        var code = string.Concat(Enumerable.Repeat(open, 10_000)) + middle + string.Concat(Enumerable.Repeat(close, 10_000));
        var html = Page($$"""{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": {{System.Text.Json.JsonSerializer.Serialize(code)}}}""");
        Assert.Contains("<details class=\"code\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_s_sequences_and_control_characters_are_left_out()
    {
        var html = Page("""{"cell_type": "code", "source": "x", "outputs": [{"output_type": "stream", "name": "stdout", "text": "a\u001b[?1mb\u001b[?25lc\u001b]0;title\u0007d\u001b]8;;https://example.org\u001b\\e\u0000f\tg"}]}""");
        Assert.Contains("<pre class=\"stream\">abcdef\tg</pre>", html, StringComparison.Ordinal);
    }

    private static string Page(string cell)
    {
        var document = Parse(cell);
        _ = NotebookParameters.Read(document);
        return NotebookPage.Render(document, "n");
    }

    private static NotebookDocument Parse(string cell) => NotebookDocument.Parse($$"""{"cells": [{{cell}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n");
}
