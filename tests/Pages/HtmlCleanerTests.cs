using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class HtmlCleanerTests
{
    [Theory]
    [InlineData("<table><tr><td style=\"text-align:right\">1</td></tr></table>", "<table><tbody><tr><td style=\"text-align: right\">1</td></tr></tbody></table>")]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("<scr<script></script>ipt>alert(1)</script>", "&lt;scr&lt;script&gt;ipt&gt;alert(1)")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"x\">")]
    [InlineData("<img src='https://example.org/x.png'>", "<img>")]
    [InlineData("<a href=\" java\tscript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href='&#106;avascript:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a href='https://example.org/a:b'>x</a>", "<a href=\"https://example.org/a:b\">x</a>")]
    [InlineData("<iframe src=x></iframe>", "&lt;iframe src=\"x\"&gt;")]
    [InlineData("<svg/onload=alert(1)>", "&lt;svg onload=\"alert(1)\"&gt;")]
    [InlineData("<b title=\"<script>\">x", "<b title=\"&lt;script&gt;\">x</b>")]
    [InlineData("</div></b>x", "x")]
    [InlineData("<p style='position:fixed'>x</p>", "<p>x</p>")]
    [InlineData("1 < 2 & 3 &gt; 2", "1 &lt; 2 &amp; 3 &gt; 2")]
    [InlineData("<!-- <b> -->x", "x")]
    [InlineData("<img src='/\\example.org/x.png'>", "<img>")]
    [InlineData("<img src='\\\\example.org\\x.png'>", "<img>")]
    [InlineData("<img src='\t/ /example.org/x.png'>", "<img>")]
    [InlineData("<a href='\\/example.org'>x</a>", "<a>x</a>")]
    [InlineData("<img src=x href='data:image/png;base64,AAAA'>", "<img src=\"x\">")]
    [InlineData("<a href=x src=y>x</a><b href=x src=y>x</b>", "<a href=\"x\">x</a><b>x</b>")]
    public void Only_what_says_how_text_looks_is_let_through(string html, string expected) =>
        Assert.Equal(expected, HtmlCleaner.Clean(html));

    [Theory]
    [InlineData("<b>", "</i>")]
    [InlineData("<p><b>", "")]
    [InlineData("<p><b></i>", "<p>x")]
    [InlineData("<div>", "</span>")]
    [InlineData("<table><td>", "")]
    [InlineData("<table><b>", "</b>")]
    [InlineData("<a href=x>", "</p>")]
    [InlineData("<li><ul>", "")]
    [InlineData("<svg><desc>", "")]
    public void Nobody_s_nesting_is_shown_as_text_and_costs_no_more_than_others(string piece, string end)
    {
        // Elements that stay open cost each one after them: hours, or the stack, for a file of this size.
        const int many = 100_000;
        var html = HtmlCleaner.Clean(string.Concat(Enumerable.Repeat(piece, many)) + string.Concat(Enumerable.Repeat(end, many)));
        Assert.StartsWith("<pre>&lt;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>x")]
    [InlineData("<br>")]
    [InlineData("<b><p></b>")]
    [InlineData("<b>x</b>")]
    [InlineData("</b>")]
    [InlineData("<tr><td>1<td>2")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("&")]
    public void What_is_long_and_not_deep_is_cleaned_as_ever(string piece) =>
        Assert.False(HtmlCleaner.Clean($"<table>{string.Concat(Enumerable.Repeat(piece, 20_000))}</table>").StartsWith("<pre>", StringComparison.Ordinal));
}
