using Ndt.Cli;

namespace Ndt.Tests;

public sealed class StatusLineTests
{
    [Theory]
    [InlineData("measuring 1 of 2", 16, "measuring 1 of 2")]
    [InlineData("measuring 1 of 2", 15, "measuring 1 of…")]
    [InlineData("ab", 1, "…")]
    [InlineData("ab", 0, "")]
    [InlineData("ab", -3, "")]
    [InlineData("", 0, "")]
    public void A_text_is_cut_at_the_terminals_width_and_says_so(string text, int room, string expected) => Assert.Equal(expected, StatusLine.Cut(text, room));
}
