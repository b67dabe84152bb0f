using System.Xml.Linq;
using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class MathMarkupTests
{
    [Theory]
    [InlineData("E = mc^2", "<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>")]
    [InlineData("10^{-3}", "<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>")]
    [InlineData("0.25", "<mn>0.25</mn>")]
    [InlineData("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("\\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>")]
    [InlineData("\\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData("\\alpha\\le\\beta", "<mi>α</mi><mo>≤</mo><mi>β</mi>")]
    [InlineData("\\sum_{i}^n", "<munderover><mo>∑</mo><mrow><mi>i</mi></mrow><mi>n</mi></munderover>")]
    [InlineData("\\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>")]
    [InlineData("\\int\\limits_0", "<munder><mo>∫</mo><mn>0</mn></munder>")]
    [InlineData("\\mathbb{R}\\mathcal{L}\\mathbf{x1}", "<mrow><mi>ℝ</mi></mrow><mrow><mi>ℒ</mi></mrow><mrow><mi>𝐱</mi><mn>𝟏</mn></mrow>")]
    [InlineData("\\mathrm{PR}", "<mi mathvariant=\"normal\">PR</mi>")]
    [InlineData("\\text{if } x", "<mtext>if\u00a0</mtext><mi>x</mi>")]
    [InlineData("a < b > c", "<mi>a</mi><mo>&lt;</mo><mi>b</mi><mo>&gt;</mo><mi>c</mi>")]
    [InlineData("% a comment\nx", "<mi>x</mi>")]
    [InlineData("\\left( x \\right.", "<mrow><mo fence=\"true\" stretchy=\"true\">(</mo><mrow><mi>x</mi></mrow></mrow>")]
    [InlineData("50\\%", "<mn>50</mn><mi>%</mi>")]
    public void A_formula_becomes_MathML(string tex, string row)
    {
        Assert.Equal($"<math class=\"tex\"><mrow>{row}</mrow></math>", MathMarkup.Of(tex, display: false));
        Assert.Equal($"<math class=\"tex\" display=\"block\"><mrow>{row}</mrow></math>", MathMarkup.Of(tex, display: true));
    }

    [Theory]
    [InlineData("\\begin{align}a &= b \\\\ c &= d\\end{align}", 2, 4)]
    [InlineData("\\begin{align*}\na &= b \\\\\n+ c &= d \\\\\n\\end{align*}", 2, 4)]
    [InlineData("\\begin{pmatrix}1 & 2 \\\\[2pt] 3 & 4\\end{pmatrix}", 2, 4)]
    [InlineData("f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", 2, 4)]
    [InlineData("\\begin{array}{lc} a & b \\\\ \\hline c & d \\end{array}", 2, 4)]
    [InlineData("\\sum_{\\substack{i < n \\\\ j < m}} x", 2, 2)]
    [InlineData("\\begin{gather} a \\\\ b \\tag{2} \\end{gather}", 2, 2)]
    public void Rows_and_columns_of_an_environment_are_a_table(string tex, int rows, int cells)
    {
        var math = XElement.Parse(MathMarkup.Of(tex, display: true));
        Assert.Equal((rows, cells), (math.Descendants("mtr").Count(), math.Descendants("mtd").Count()));
    }

    [Theory]
    [InlineData("\\hat{\\theta} \\bar x \\vec{v} \\dot{x} \\tilde{x} \\widehat{abc} \\overline{xy} f'(x) f'' x'^2 {}_a")]
    [InlineData("\\lim_{n \\to \\infty} \\max_x \\operatorname*{arg\\,max}_x \\operatorname{rank}(X) \\sin x \\log_2 n")]
    [InlineData("\\underbrace{a+b}_{n} \\overset{\\text{def}}{=} \\binom{n}{k} \\not= \\stackrel{a}{b} \\underset{x}{\\min}")]
    [InlineData("\\left\\| X \\right\\|_F \\left\\{ a \\middle| b \\right\\} \\bigl( x \\Bigr) \\lfloor x \\rfloor \\langle a, b \\rangle")]
    [InlineData("\\displaystyle x \\quad y \\, z \\; w \\! v ~ u \\pmod{3} \\color{red}{x} \\boldsymbol{\\sigma} \\phantom{x} \\ldots \\cdots")]
    [InlineData("\\begin{equation}\\label{e} x^{y^{z}}_{a_b} \\nonumber\\end{equation}")]
    [InlineData("")]
    [InlineData("{}")]
    public void What_notebooks_write_is_set_as_well_formed_markup(string tex) => Assert.Equal("math", XElement.Parse(MathMarkup.Of(tex, display: true)).Name);

    [Theory]
    [InlineData("\\unknown{x}")]
    [InlineData("a < b & c")]
    [InlineData("\\frac{a}")]
    [InlineData("{x")]
    [InlineData("x}")]
    [InlineData("x^a^b")]
    [InlineData("\\left( x")]
    [InlineData("\\begin{align} x")]
    [InlineData("\\begin{tikzpicture}\\end{tikzpicture}")]
    [InlineData("\\")]
    [InlineData("<script>alert(1)</script> \\unknown")]
    public void What_is_not_known_is_shown_as_it_was_written(string tex) =>
        Assert.Equal($"<code class=\"math\">{System.Net.WebUtility.HtmlEncode(tex)}</code>", MathMarkup.Of(tex, display: false));

    [Theory]
    [InlineData("{")]
    [InlineData("\\sqrt{")]
    [InlineData("^")]
    [InlineData("\\frac")]
    [InlineData("\\left(")]
    [InlineData("\\begin{matrix}")]
    [InlineData("\\hat")]
    public void A_formula_nested_ten_thousand_deep_is_shown_as_its_source(string open) =>
        Assert.StartsWith("<code", MathMarkup.Of(string.Concat(Enumerable.Repeat(open, 10_000)), display: false), StringComparison.Ordinal);
}
