namespace Ndt.Tests;

public sealed class CsvTests
{
    [Fact]
    public void Doubles_read_back_bit_for_bit_and_NaN_is_empty() =>
        Assert.Equal("a,b,c\n0.1,1.1102230246251565E-16,\n", new Csv("a", "b", "c").Add(0.1).Add(1.1102230246251565E-16).Add(double.NaN).ToString());

    [Fact]
    public void A_text_is_quoted_only_where_it_has_to_be() =>
        Assert.Equal("a,b\nplain text,\"one, \"\"two\"\"\"\n", new Csv("a", "b").Add("plain text").Add("one, \"two\"").ToString());

    [Fact]
    public void An_unfinished_row_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new Csv("a", "b").Add(1).ToString());

    [Fact]
    public void As_JSON_numbers_keep_their_digits_texts_stay_texts_and_empty_cells_are_null()
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            new Csv("name", "value", "note")
                .Add("1e-13").Add(0.1 + 0.2).Add("x \"y\"")
                .Add("007").Add(-5).Add("")
                .Add("b").Add(double.NaN).Add("c")
                .Add("c").Add(double.PositiveInfinity).Add("d")
                .WriteJson(writer);
        }

        Assert.Equal(
            """[{"name":"1e-13","value":0.30000000000000004,"note":"x \u0022y\u0022"},{"name":"007","value":-5,"note":null},{"name":"b","value":null,"note":"c"},{"name":"c","value":"Infinity","note":"d"}]""",
            System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Throws<InvalidOperationException>(() => new Csv("a", "b").Add(1).WriteJson(new System.Text.Json.Utf8JsonWriter(Stream.Null)));
    }
}
