using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class NotebookPageTests
{
    [Theory]
    [InlineData("a<script>alert(1)</script>b", "<p>ab</p>")]
    [InlineData("a <img src=x onerror=alert(1)> b", "<p>a <img src=\"x\"> b</p>")]
    [InlineData("[x](javascript:alert(1))", "<a>x</a>")]
    [InlineData("<javascript:alert(1)>", "javascript:alert(1)")]
    [InlineData("![x](https://example.org/x.png)", "<img alt=\"x\">")]
    [InlineData("[x]: javascript:alert(1)\n\n[x]", "<a>x</a>")]
    [InlineData("<iframe src=\"javascript:alert(1)\"></iframe>", "&lt;iframe src=\"javascript:alert(1)\"&gt;")]
    [InlineData("<b onclick=\"x()\" style=\"position:fixed\">t</b>", "<b>t</b>")]
    public void Text_of_a_notebook_runs_no_script_and_loads_nothing(string markdown, string expected)
    {
        var html = Render("markdown", markdown);
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H<sub>2</sub>O<br/><!-- a note to myself --><a id=\"here\"></a>", "<p>H<sub>2</sub>O<br><a id=\"here\"></a></p>")]
    [InlineData("<b>bold</b> and <kbd>Ctrl</kbd>", "<p><b>bold</b> and <kbd>Ctrl</kbd></p>")]
    [InlineData("<details><summary>More</summary>\n\ninside **bold**\n\n</details>", "<details><summary>More</summary>\n<p>inside <strong>bold</strong></p>\n</details>")]
    [InlineData("<!-- only a note -->", "<section>\n\n</section>")]
    [InlineData("A List<int> and a Dictionary<String, Foo>", "A List&lt;int&gt; and a Dictionary&lt;String, Foo&gt;")]
    [InlineData("<center>x</center>", "<center>x</center>")]
    [InlineData("# T\n\n<a id=\"t\"></a><a id=\"figure-1\"></a>", "<p><a></a><a></a></p>")]
    [InlineData("- [x] done", "<input disabled=\"\" type=\"checkbox\" checked=\"")]
    [InlineData("a <input type=\"text\" autofocus> b", "<p>a  b</p>")]
    [InlineData("| a |\n|---|\n| 1 |", "<div class=\"table\" role=\"region\" aria-label=\"Table 1: a\"><table>")]
    [InlineData("| a |\n|---|\n| 1 |", "<th scope=\"col\">a</th>")]
    [InlineData("| a |\n|---|\n| 30.3 % [24.9, 34.9] of [all, of them] |", "<td>30.3&nbsp;% [24.9,&nbsp;34.9] of [all,&nbsp;of them]</td>")]
    [InlineData("`[1, 2]` and [1, 2]", "<code>[1, 2]</code> and [1,&nbsp;2]")]
    public void Harmless_HTML_in_a_text_is_what_it_says(string markdown, string expected) => Assert.Contains(expected, Render("markdown", markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("my shot.png", "![x](attachment:my%20shot.png)")]
    [InlineData("my%20shot.png", "![x](attachment:my%20shot.png)")]
    [InlineData("my shot.png", "![x](<attachment:my shot.png>)")]
    [InlineData("größe.png", "![x](attachment:gr%C3%B6%C3%9Fe.png)")]
    [InlineData("a&b.png", "<img src=\"attachment:a&amp;b.png\">")]
    public void An_attached_image_is_found_however_its_name_is_written(string key, string markdown)
    {
        var html = new MarkdownRenderer().Render(markdown, new System.Text.Json.Nodes.JsonObject { ["other"] = 1, [key] = new System.Text.Json.Nodes.JsonObject { ["text/plain"] = "x", ["image/png"] = "AAAA" } });
        Assert.Contains("src=\"data:image/png;base64,AAAA\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("attachment:", new MarkdownRenderer().Render(markdown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text/latex": ["$\\alpha", " + 1$"]}""", "<mi>α</mi>")]
    [InlineData("""{"text/latex": "\\frac{1}{2}"}""", "<mfrac>")]
    [InlineData("""{"text/latex": "\\begin{align}a &= b\\end{align}", "text/plain": "plain"}""", "<mtable")]
    [InlineData("""{"application/javascript": "alert(1 < 2)"}""", "<summary>JavaScript, which this page does not run</summary><pre class=\"value\">alert(1 &lt; 2)</pre>")]
    [InlineData("""{"application/javascript": "x", "text/plain": "plain"}""", "<pre class=\"value\">plain</pre>")]
    [InlineData("""{"application/json": {"a": [1]}}""", "<summary>An output of type application/json</summary>")]
    [InlineData("""{"application/x-own": ["a\n", "b"]}""", "<pre class=\"value\">a\nb</pre>")]
    public void An_output_is_shown_in_its_own_way(string data, string expected) =>
        Assert.Contains(expected, Render("code", "x", $$"""{"output_type": "display_data", "metadata": {}, "data": {{data}}}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"tags": ["remove-cell"]}""", "")]
    [InlineData("""{"tags": ["remove_cell"]}""", "")]
    [InlineData("""{"tags": ["remove-input"]}""", "out err")]
    [InlineData("""{"tags": ["hide-input"]}""", "code out err")]
    [InlineData("""{"jupyter": {"source_hidden": true}}""", "code out err")]
    [InlineData("""{"tags": ["remove-output"]}""", "code")]
    [InlineData("""{"tags": ["hide-output"]}""", "code folded out err")]
    [InlineData("""{"jupyter": {"outputs_hidden": true}}""", "code folded out err")]
    [InlineData("""{"collapsed": true}""", "code folded out err")]
    [InlineData("""{"tags": ["hide-cell"]}""", "code folded out err")]
    [InlineData("""{"tags": ["remove-stderr"]}""", "code out")]
    [InlineData("""{"tags": ["other"], "jupyter": 1}""", "code out err")]
    public void Tags_say_what_of_a_cell_is_shown(string metadata, string expected)
    {
        var html = Page($$"""{"cell_type": "code", "metadata": {{metadata}}, "source": "the_code", "outputs": [{"output_type": "stream", "name": "stdout", "text": "the_out"}, {"output_type": "stream", "name": "stderr", "text": "the_err"}]}""");
        var shown = new (string Word, string Text)[] { ("code", "the_code"), ("folded", "<summary>Output</summary>"), ("out", "the_out"), ("err", "the_err") };
        Assert.Equal(expected, string.Join(' ', shown.Where(s => html.Contains(s.Text, StringComparison.Ordinal)).Select(s => s.Word)));
    }

    [Fact]
    public void A_text_tagged_remove_cell_is_not_shown() =>
        Assert.DoesNotContain("secret", Page("""{"cell_type": "markdown", "metadata": {"tags": ["remove-cell"]}, "source": "secret"}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"raw_mimetype": "text/html"}""", true)]
    [InlineData("""{"format": "text/html"}""", true)]
    [InlineData("""{"raw_mimetype": "text/latex"}""", false)]
    [InlineData("""{"raw_mimetype": "text/x-python"}""", false)]
    public void A_raw_cell_is_shown_where_it_is_for_pages_as_nbconvert_has_it(string metadata, bool shown) =>
        Assert.Equal(shown, Page($$"""{"cell_type": "raw", "metadata": {{metadata}}, "source": "<b>raw</b><script>x</script>"}""").Contains("<section>\n<b>raw</b></section>", StringComparison.Ordinal));

    [Fact]
    public void Prints_stored_in_pieces_are_shown_as_one() =>
        Assert.Contains("<pre class=\"stream\">step 2</pre>", Render("code", "x", """{"output_type": "stream", "name": "stdout", "text": "\rstep 1"}, {"output_type": "stream", "name": "stdout", "text": "\rstep 2\n"}"""), StringComparison.Ordinal);

    [Fact]
    public void On_a_page_in_another_folder_images_beside_the_notebook_are_part_of_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notebook/img/a b.svg", "<svg/>");
        folder.Write("notebook/secret.txt", "secret");
        var document = NotebookDocument.Parse(
            """{"cells": [{"cell_type": "markdown", "metadata": {}, "source": "![a](img/a%20b.svg) <img src=\"img/a b.svg\"> ![b](secret.txt) ![c](nowhere.png)"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n");
        var notebook = folder.PathOf("notebook/n.ipynb");
        NotebookPage.Write(document, notebook, PageLinks.PagesOf([notebook], folder.PathOf("page")));
        var html = File.ReadAllText(folder.PathOf("page/n.html"));
        Assert.Equal(3, html.Split("data:image/svg+xml;base64,PHN2Zy8+").Length);
        Assert.Contains("src=\"../notebook/nowhere.png\"", html, StringComparison.Ordinal);
        Assert.Contains("src=\"../notebook/secret.txt\"", html, StringComparison.Ordinal);

        NotebookPage.Write(document, notebook, PageLinks.PagesOf([notebook], null));
        Assert.Contains("src=\"img/a%20b.svg\"", File.ReadAllText(folder.PathOf("notebook/n.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_is_folded_and_escaped()
    {
        var html = Render("code", "var x = \"</code><script>\"; // <b>");
        Assert.Contains("<details class=\"code\"><summary>Code", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"s\">&quot;&lt;/code&gt;&lt;script&gt;&quot;</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"c\">// &lt;b&gt;</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_make_the_contents_and_every_id_is_used_once()
    {
        var html = Render("markdown", "# T\n\n## Same\n\n## Same\n\n### `code` & λ");
        Assert.Contains("<title>T</title>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#same\">Same</a>", html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"same-1\">", html, StringComparison.Ordinal);
        Assert.Contains(">code &amp; λ</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_shown_in_the_terminals_colours()
    {
        var html = Render("code", "x", """{"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\u001b[31mE\u001b[0m: <v>"]}""");
        Assert.Contains("<pre class=\"error\"><span class=\"ansi-1\">E</span>: &lt;v&gt;</pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_is_data_that_cannot_leave_its_element()
    {
        var html = Render("code", "x", """{"output_type": "display_data", "metadata": {}, "data": {"application/vnd.plotly.v1+json": {"data": [{"text": "</script><script>alert(1)"}], "layout": {"meta": {"alt": "An \"alt\""}}}}}""");
        Assert.Contains("\\u003c/script>\\u003cscript>alert(1)", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"An &quot;alt&quot;\"", html, StringComparison.Ordinal);
        Assert.Contains("<script src=\"assets/plotly.min.js\"></script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_begins_with_the_verdict()
    {
        var document = NotebookDocument.Parse(
            """
            {"cells": [
              {"cell_type": "markdown", "metadata": {}, "source": "# Title"},
              {"cell_type": "markdown", "metadata": {}, "source": "Long story"},
              {"cell_type": "code", "metadata": {"tags": ["verdict"]}, "source": "x", "outputs": [{"output_type": "stream", "name": "stdout", "text": "It holds."}]},
              {"cell_type": "code", "metadata": {}, "source": "y", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "AAAA"}}]}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """,
            "n");
        var html = NotebookPage.Render(document, "n", "index.html");
        Assert.True(html.IndexOf("It holds.", StringComparison.Ordinal) < html.IndexOf("Long story", StringComparison.Ordinal));
        Assert.Contains("<a href=\"index.html\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"cell_type": "code", "metadata": {"tags": ["verdict"]}, "source": "answer", "outputs": [{"output_type": "stream", "name": "stdout", "text": "It holds."}, {"output_type": "display_data", "metadata": {}, "data": {"image/png": "BBBB"}}]}""")]
    [InlineData("""{"cell_type": "markdown", "metadata": {"tags": ["verdict"]}, "source": "## answer\n\nIt holds."}""")]
    public void The_verdict_and_every_figure_are_shown_once_and_nothing_of_its_cell_is_lost(string verdict)
    {
        var document = NotebookDocument.Parse(
            $$$"""
            {"cells": [
              {"cell_type": "markdown", "metadata": {}, "source": "# Title"},
              {"cell_type": "code", "metadata": {}, "source": "y", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "AAAA"}}]},
              {{{verdict}}}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """,
            "n");
        var html = NotebookPage.Render(document, "n");
        Assert.Equal(2, html.Split("It holds.").Length);
        Assert.Contains(">answer<", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("base64,AAAA").Length);
        Assert.Equal(verdict.Split("BBBB").Length, html.Split("base64,BBBB").Length);
    }

    [Fact]
    public void Where_notebooks_are_listed_the_verdict_stands_beside_their_first_figure()
    {
        var document = NotebookDocument.Parse(
            """
            {"cells": [
              {"cell_type": "code", "metadata": {"tags": ["verdict"]}, "source": "x", "outputs": [{"output_type": "stream", "name": "stdout", "text": "It holds."}]},
              {"cell_type": "code", "metadata": {}, "source": "y", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "AAAA"}}]}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """,
            "n");
        Assert.Matches("(?s)It holds.*base64,AAAA", NotebookPage.Summary(document));
        Assert.Equal("", NotebookPage.Summary(NotebookDocument.Parse("""{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n")));
    }

    private static string Render(string type, string source, string? output = null) =>
        Page($$"""{"cell_type": "{{type}}", "metadata": {}, "outputs": [{{output}}], "source": {{System.Text.Json.JsonSerializer.Serialize(source)}}}""");

    private static string Page(string cell) =>
        NotebookPage.Render(NotebookDocument.Parse($$"""{"cells": [{{cell}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n"), "n");
}
