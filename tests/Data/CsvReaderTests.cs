using Ndt.Data;

namespace Ndt.Tests.Data;

public sealed class CsvReaderTests
{
    [Fact]
    public void What_a_message_quotes_is_short_and_printable()
    {
        Assert.Equal("a.csv: line 1: '?' after a field; a comma or the end of the line belongs there", Message("\"1\",b,\"c\"\u001b\n"));
        Assert.Equal("a.csv: line 1: class '1???" + new string('x', 76) + "…'; classes are 1 to 4", Message("\"1\n\n\u0085" + new string('x', 60_000) + "\",b,c\n"));

        static string Message(string text) => Assert.Throws<InputException>(() => NewsArticle.ReadAll(System.Text.Encoding.UTF8.GetBytes(text), "a.csv", classes: 4)).Message;
    }

    [Fact]
    public void Quotes_commas_and_line_ends_inside_quotes_belong_to_the_field()
    {
        var rows = Read("a,\"b, \"\"c\"\"\nd\",e\r\nf,,\"\"\n");

        Assert.Equal(["a", "b, \"c\"\nd", "e"], rows[0].Fields);
        Assert.Equal(["f", "", ""], rows[1].Fields);
        Assert.Equal([1, 3], rows.Select(row => row.Line));
    }

    [Fact]
    public void The_last_line_needs_no_end() => Assert.Equal(["x", "y", "z"], Assert.Single(Read("x,y,z")).Fields);

    [Fact]
    public void No_text_is_no_rows() => Assert.Empty(Read(""));

    [Fact]
    public void A_backslash_is_a_character_like_any_other() => Assert.Equal(["1", "a\\nb", "c\\"], Assert.Single(Read("1,\"a\\nb\",c\\\n")).Fields);

    [Theory]
    [InlineData("a,b,c\nd,e\n", "line 2: 2 fields; each row has 3")]
    [InlineData("a,b,c,d\n", "line 1: more than 3 fields")]
    [InlineData("a,b,c\n\n", "line 2: 1 fields")]
    [InlineData("a,b,c\nd,\"e,f\n", "line 2: a quoted field is not closed")]
    [InlineData("a,\"b\"x,c\n", "line 1: 2 fields")]
    [InlineData("a,b,\"c\"x\n", "line 1: 'x' after a field")]
    [InlineData("a,b\"c,d\n", "line 1: a quote inside a bare field")]
    public void A_malformed_row_is_refused_with_its_line(string text, string expected) => AssertRefused(text, expected);

    [Fact]
    public void A_field_without_end_is_stopped_early()
    {
        AssertRefused($"a,b,{new string('x', 70_000)}\n", "a field of more than 65536 characters");
        AssertRefused($"a,b,\"{new string('x', 70_000)}\"\n", "a field of more than 65536 characters");
    }

    private static CsvRow[] Read(string text) => [.. CsvReader.Read(text, "file.csv", fields: 3)];

    private static void AssertRefused(string text, string expected)
    {
        var message = Assert.Throws<InputException>(() => Read(text)).Message;
        Assert.StartsWith("file.csv: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
