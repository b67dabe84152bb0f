using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class MathSourceTests
{
    [Theory]
    [InlineData("Mass: $E = mc^2$.", 1)]
    [InlineData("$a$ and $b$", 2)]
    [InlineData("$$\na\n+ b\n$$", 1)]
    [InlineData("\\begin{align}a_1 &= b_1 \\\\ c &= d\\end{align}", 1)]
    [InlineData("x \\begin{equation*}\n- a\n\\end{equation*} y", 1)]
    [InlineData("costs $5 and $10", 0)]
    [InlineData("costs \\$5 and 10\\$", 0)]
    [InlineData("$ a $", 0)]
    [InlineData("$a\n\nb$", 0)]
    [InlineData("`$x$` and ``a ` $y$``", 0)]
    [InlineData("```\n$x$ $y$\n```\n$z$", 1)]
    [InlineData("~~~\n$x$\n~~~", 0)]
    [InlineData("~~$x$~~", 1)]
    [InlineData("` $x$", 1)]
    [InlineData("\\begin{tikzpicture}$x\\end{tikzpicture}", 0)]
    [InlineData("$$", 0)]
    [InlineData("$", 0)]
    public void Formulas_are_told_from_money_and_code(string markdown, int formulas)
    {
        Assert.Equal(formulas == 0, MathSource.HasNone(markdown));
        var source = new MathSource(markdown);
        Assert.Equal(formulas, source.Text.Count(c => c == '\uE000'));
        Assert.Equal(markdown, source.Restore(source.Text));
    }

    [Theory]
    [InlineData("$a_1 * b_2 * c$", "<mo>∗</mo>")]
    [InlineData("- item $x$", "<li>item <math class=\"tex\">")]
    [InlineData("| a |\n|---|\n| $\\|x\\|$ |", "<mo stretchy=\"false\">‖</mo>")]
    [InlineData("## On $\\rho$\n\n## Two", "<h2 id=\"on-rho\">On <math class=\"tex\">")]
    [InlineData("    $x$", "<code>$x$")]
    [InlineData("[$x$](https://example.org)", "<a href=\"https://example.org\"><math class=\"tex\">")]
    [InlineData("![$x$](a.png \"$y$\")", "alt=\"$x$\" title=\"$y$\"")]
    [InlineData("<span title=\"$x<b>$\">t</span>", "title=\"$x&lt;b&gt;$\"")]
    [InlineData("Mark \uE0000\uE001 $x$", "Mark \uFFFD0\uFFFD <math")]
    public void Mathematics_is_set_in_its_place(string markdown, string html) => Assert.Contains(html, new MarkdownRenderer().Render(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("<a href='/x?$a=1&b$'>t</a>", "<a href=\"/x?$a=1&amp;b$\">t</a>")]
    [InlineData("<img src='\\begin{math}.png\\end{math}' alt='$x$'>", "<img src=\"\\begin{math}.png\\end{math}\" alt=\"$x$\">")]
    [InlineData("<img src='x$:a$' alt='$x$'>", "<img alt=\"$x$\">")]
    [InlineData("<img src='/\\begin{math}.example.org/x.png\\end{math}'>", "<img>")]
    [InlineData("<a href='/\\begin{math}.example.org\\end{math}'>t</a>", "<a>t</a>")]
    [InlineData("<p style='text-align:$;position:fixed;x$'>t</p>", "<p>t</p>")]
    public void A_formula_in_an_address_or_a_style_brings_in_nothing_that_is_left_out_elsewhere(string markdown, string html) =>
        Assert.Contains(html, new MarkdownRenderer().Render(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("$")]
    [InlineData("$a")]
    [InlineData("$$ ")]
    [InlineData("` ``")]
    [InlineData("```")]
    [InlineData("\\begin{align}")]
    [InlineData("$`")]
    public void The_work_is_in_proportion_to_the_text(string piece)
    {
        // Each of these, where its end is looked for again and again, would take minutes.
        var text = string.Concat(Enumerable.Repeat(piece, 100_000)) + "x";
        Assert.Equal(text, new MathSource(text) is var source ? source.Restore(source.Text) : "");
    }
}
