using Ndt.Cli.Notebooks.Pages;

namespace Ndt.Tests.Notebooks.Pages;

public sealed class HtmlSanitizerTests
{
    [Theory]
    [InlineData("<table><tr><td style=\"text-align:right\">1</td></tr></table>", "<table><tr><td style=\"text-align:right\">1</td></tr></table>")]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("<scr<script></script>ipt>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"x\">")]
    [InlineData("<img src='https://example.org/x.png'>", "<img>")]
    [InlineData("<a href=\" java\tscript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href='&#106;avascript:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a href='https://example.org/a:b'>x</a>", "<a href=\"https://example.org/a:b\">x</a>")]
    [InlineData("<iframe src=x></iframe>", "&lt;iframe src=x&gt;&lt;/iframe&gt;")]
    [InlineData("<svg/onload=alert(1)>", "&lt;svg/onload=alert(1)&gt;")]
    [InlineData("<b title=\"<script>\">x", "&lt;b title=\"")]
    [InlineData("</div></b>x", "x")]
    [InlineData("<p style='position:fixed'>x</p>", "<p>x</p>")]
    [InlineData("1 < 2 & 3 &gt; 2", "1 &lt; 2 & 3 &gt; 2")]
    [InlineData("<!-- <b> -->x", "x")]
    [InlineData("<img src='/\\example.org/x.png'>", "<img>")]
    [InlineData("<img src='\\\\example.org\\x.png'>", "<img>")]
    [InlineData("<img src='\t/ /example.org/x.png'>", "<img>")]
    [InlineData("<a href='\\/example.org'>x</a>", "<a>x</a>")]
    public void Only_what_says_how_text_looks_is_let_through(string html, string expected) =>
        Assert.Equal(expected, HtmlSanitizer.Clean(html));

    [Fact]
    public void Ends_without_a_beginning_cost_no_more_than_others()
    {
        // Each was once looked for among all that was open: hours, for a file of this size.
        const int many = 300_000;
        var html = HtmlSanitizer.Clean(string.Concat(Enumerable.Repeat("<b>", many)) + string.Concat(Enumerable.Repeat("</i>", many)));
        Assert.Equal((3 + 4) * many, html.Length);
    }
}
