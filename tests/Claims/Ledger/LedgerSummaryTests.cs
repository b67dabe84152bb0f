using System.Text.Json;
using Ndt.Claims.Ledger;

namespace Ndt.Tests.Claims.Ledger;

public sealed class LedgerSummaryTests
{
    [Fact]
    public void What_is_not_finite_is_null_and_a_finite_number_is_itself()
    {
        var none = new Dictionary<string, int>();
        var level = new NullLevel("fading noise", IsChosen: true, 32.4982206405694, double.NaN, 1e-7, double.PositiveInfinity, double.NaN, Runs: 55, Error: 4);
        var control = new ControlFinding("cell", "fresh_probe", "stable_rank", "figure", [0.25, double.NaN, double.NegativeInfinity], [1, 2, 3], [0.1, 0.2, 0.3], 1);
        var json = new LedgerSummary(none, none, none, 16, 55, 0, 0, 0, 2000, 1, level, [control], [new LedgerFinding("events", "stands", 1.5, double.NaN, double.NaN, 2)]).Json();
        using var parsed = JsonDocument.Parse(json);
        var chance = parsed.RootElement.GetProperty("early_share_by_chance");
        Assert.Equal(["32.4982206405694", "null", "1E-07", "null", "null", "4"], new[] { "observed", "mean", "low", "high", "p_value", "error" }.Select(name => chance.GetProperty(name).GetRawText()));
        var controls = parsed.RootElement.GetProperty("controls")[0];
        Assert.Equal(["0.25", "null", "null"], controls.GetProperty("study").EnumerateArray().Select(one => one.GetRawText()));
        Assert.Equal(["0.1", "0.2", "0.3"], controls.GetProperty("difference").EnumerateArray().Select(one => one.GetRawText()));
        var finding = parsed.RootElement.GetProperty("findings")[0];
        Assert.Equal(["1.5", "null", "2"], new[] { "published", "corrected", "ours" }.Select(name => finding.GetProperty(name).GetRawText()));
    }
}
