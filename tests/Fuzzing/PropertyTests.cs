using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Ndt.Checkpoints;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;
using Ndt.Data;

namespace Ndt.Tests.Fuzzing;

[Trait("Category", "Fuzz")]
public sealed class PropertyTests
{
    private static readonly string[] Pieces =
    [
        "<", ">", "/", "\"", "'", "=", " ", "\n", "&", "&lt;", "&#106;", "x", "<b>", "</b>", "<i title='", "<script>", "</script>", "<scr", "ipt>", "<style>", "<!--", "-->", "<img src=", "onerror=alert(1)", "<svg/onload=",
        "<a href=", "javascript:", "java\tscript:", "data:text/html,", "data:image/png;base64,", "//example.org/x", "/\\example.org", "\\\\example.org\\x", "https://example.org", "<iframe srcdoc=", "<table>", "</table>", "<td style=\"",
        "position:fixed", "text-align:right", "\0", "<math><mtext>", "]]>", "<![CDATA[", "<details open ontoggle=alert(1)>", "</div>", "</main>", "<input autofocus onfocus=", "`", "<x-y>", "formaction=",
    ];

    private static readonly string[] Markup =
    [
        .. Pieces, "# ", "\n\n", "- ", "- [ ] ", "> ", "```\n", "```html\n", "`", "*", "**", "[", "]", "(", ")", "](", "![", "![x](", "[x]: ", "<http://example.org>", "<javascript:alert(1)>", "<a@b.c>", "[^1]", "[^1]: ", "$", "$$\n", "\\(", "~", "^", "|", "|-|-|\n", "{onclick=alert(1)}",
        "{#id .class}", "http://example.org", "www.example.org", "mailto:a@b", "ftp://x", "\\", "&#x6A;avascript:", "[x](javascript:alert(1))", "[x](<java\nscript:alert(1)>)", "[x](data:text/html,y \"t\")", "![x](/\\example.org/x.png)",
    ];

    [Fact]
    public void Cleaned_HTML_holds_nothing_that_acts_and_closes_what_it_opens() => Properties.ForAll(Properties.Texts(Pieces), html =>
    {
        var clean = HtmlCleaner.Clean(html);
        Assert.Null(HtmlAudit.Complaint(clean));
        Assert.Null(HtmlAudit.Complaint($"<div class=\"table\">{clean}</div>"));
    });

    [Fact]
    public void Markdown_becomes_HTML_that_holds_nothing_that_acts() =>
        Properties.ForAll(Properties.Texts(Markup), text => Assert.Null(HtmlAudit.Complaint(new MarkdownRenderer().Render(text))));

    [Fact]
    public void Whatever_a_notebook_says_its_page_holds_nothing_that_acts() => Properties.ForAll(Properties.Texts(Markup), text =>
    {
        var page = NotebookPage.Render(Notebook(text), text, "index.html");
        Assert.Null(HtmlAudit.Complaint(page));
    });

    [Fact]
    public void A_text_written_as_CSV_is_read_back() => Properties.ForAll(Properties.Texts("\"", ",", "\n", "\r\n", "\\n", "x", " ", "ü", "\0"), text =>
    {
        var csv = $"\"1\",\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"\"\n";
        Assert.Equal(text, Assert.Single(CsvReader.Read(csv, "a.csv", 3)).Fields[1]);
    });

    [Fact]
    public void A_number_written_as_Python_does_is_read_back() => Properties.ForAll(Doubles, value =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(double.Parse(PythonNumber.Text(value), System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void A_text_among_a_checkpoint_s_metadata_is_read_back_from_either_format() => Properties.ForAll(
        Properties.Texts("\"", "\\", "\\ud800", "[", "{", "}", "]", ":", "1", "e9", "NaN", "null", "true", " ", "\n", "\0", "ü", "x"), text =>
        {
            using var folder = new TemporaryFolder();
            var checkpoint = Ndt.Tests.Checkpoints.Samples.Full() with { Metadata = new OrderedDictionary<string, CheckpointValue> { ["text"] = text } };
            foreach (var name in (string[])["a.pt", "a.safetensors"])
            {
                CheckpointFile.Write(folder.PathOf(name), checkpoint);
                Ndt.Tests.Checkpoints.Samples.AssertSame(checkpoint, CheckpointFile.Read(folder.PathOf(name)));
            }
        });

    [Fact]
    public void A_notebook_written_is_read_back() => Properties.ForAll(Properties.Texts(Markup), text =>
    {
        var written = Notebook(text).ToText();
        var again = NotebookDocument.Parse(written, "n");
        Assert.Equal(written, again.ToText());
        Assert.Equal(text, again.Cells[0].Source);
    });

    [Fact]
    public void A_message_is_one_line_whatever_it_quotes() => Properties.ForAll(
        Gen.Choose(0, 0x10FF).Select(i => (char)(i < 0x800 ? i : 0xD700 + i)).ArrayOf(), characters =>
        {
            var message = new InputException(new string(characters)).Message;
            Assert.Null(Refusal.Complaint(message, ""));
            Assert.Equal(message, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(message)));
        });

    private static Gen<double> Doubles =>
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(halves => BitConverter.Int64BitsToDouble(((long)halves.Item1 << 32) | (uint)halves.Item2)).Where(double.IsFinite);

    private static NotebookDocument Notebook(string text)
    {
        var outputs = new JsonArray(
            new JsonObject { ["output_type"] = "stream", ["name"] = text, ["text"] = text },
            new JsonObject { ["output_type"] = "error", ["ename"] = text, ["evalue"] = text, ["traceback"] = new JsonArray($"\u001b[31m{text}\u001b]0;{text}\u0007") },
            Shown("text/html", text), Shown("text/plain", text), Shown("text/markdown", text), Shown("image/svg+xml", text), Shown("image/png", text), Shown(text, text),
            Shown("application/vnd.plotly.v1+json", new JsonObject { ["data"] = new JsonArray(new JsonObject { ["text"] = text }), ["layout"] = new JsonObject { ["title"] = text, ["height"] = text } }));
        var root = new JsonObject
        {
            ["cells"] = new JsonArray(
                new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = text, ["attachments"] = new JsonObject { [text] = new JsonObject { [text] = text } } },
                new JsonObject { ["cell_type"] = "code", ["metadata"] = new JsonObject { ["tags"] = new JsonArray(text) }, ["source"] = text, ["outputs"] = outputs, ["execution_count"] = 1 }),
            ["metadata"] = new JsonObject { ["title"] = text },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return NotebookDocument.Parse(root.ToJsonString(), "n");

        static JsonObject Shown(string mimeType, JsonNode content) => new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [mimeType] = content } };
    }
}
