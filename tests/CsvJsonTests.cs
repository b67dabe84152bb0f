namespace Ndt.Tests;

public sealed class CsvJsonTests
{
    [Fact]
    public void Numbers_keep_their_digits_empty_fields_are_null_and_the_rest_is_text()
    {
        var json = CsvJson.Of(["name", "value", "note"], [["a", "0.10000000000000001", ""], ["1e-13", "-5", "x \"y\""]]);
        Assert.Contains("\"value\": 0.10000000000000001", json, StringComparison.Ordinal);
        Assert.Contains("\"note\": null", json, StringComparison.Ordinal);
        Assert.Contains("\"value\": -5", json, StringComparison.Ordinal);
        using var parsed = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal("x \"y\"", parsed.RootElement[1].GetProperty("note").GetString());
    }
}
