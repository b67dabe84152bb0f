using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("\rstep 1 of 3\rstep 2 of 3\rstep 3 of 3\n", "step 3 of 3\n")]
    [InlineData("100 %\r7", "700 %")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("ab\bc", "ac")]
    [InlineData("\b\ba", "a")]
    [InlineData("|/\b-\b\\\b|", "||")]
    [InlineData("long line\r\u001b[Kx", "x")]
    [InlineData("abc\u001b[2K\rx", "x")]
    [InlineData("one\ntwo\u001b[1A\rONE", "ONE\ntwo")]
    [InlineData("one\ntwo\n\u001b[2A\u001b[Jx", "x")]
    [InlineData("a\u001b[3Cb", "a   b")]
    [InlineData("abc\u001b[2Dx", "axc")]
    [InlineData("\u001b[31mred\u001b[0m", "<span class=\"ansi-1\">red</span>")]
    [InlineData("\u001b[1;92mok\u001b[22m so\u001b[39m.", "<span class=\"ansi-bold ansi-10\">ok</span><span class=\"ansi-10\"> so</span>.")]
    [InlineData("\u001b[38;5;196mx\u001b[38;2;1;2;3my", "xy")]
    [InlineData("a\u001b]0;title\u0007b\u001b]8;;https://example.org\u001b\\c\u001b[?25ld\0e\tf", "abcde\tf")]
    [InlineData("<b>\r&", "&amp;b&gt;")]
    [InlineData("e\u0301😀\b!", "e\u0301!")]
    [InlineData("plain <b>\0", "plain &lt;b&gt;")]
    public void A_page_shows_what_a_terminal_would(string printed, string html) => Assert.Equal(html, TerminalText.ToHtml(printed));

    [Fact]
    public void A_cursor_that_is_sent_far_away_makes_no_page_of_blanks() =>
        Assert.True(TerminalText.ToHtml(string.Concat(Enumerable.Repeat("\u001b[999999999Cx\n", 10_000))).Length < 200_000);
}
