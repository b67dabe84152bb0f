using Ndt.Cli.Notebooks.Checking;

namespace Ndt.Tests.Notebooks.Checking;

public sealed class NumberToleranceTests
{
    [Theory]
    [InlineData("rho = 0.123456789", "rho = 0.123456790")]
    [InlineData("a  1.2346", "a  1.2347")]
    [InlineData("0.4601", "0.46")]
    [InlineData("1", "0.9999")]
    [InlineData("│ 12.5 │", "│   12.5 │")]
    [InlineData("1.2346e-05", "1.2347e-05")]
    [InlineData("took 3.2 s", "took 14 s")]
    [InlineData("at 2025-11-01 10:00:00", "at 2025-11-02 11:30:00")]
    [InlineData("at 2025-11-01T10:00Z", "at 2025-11-02T11:30:01.5+01:00")]
    [InlineData("Wall time: 12 ms", "Wall time: 3.5 s")]
    [InlineData("Elapsed 00:01:02.5", "Elapsed 00:00:59")]
    [InlineData("0.9999999999999999", "1")]
    [InlineData("NaN", "NaN")]
    [InlineData("layer_1 1,000", "layer_1 1,000")]
    public void Lines_that_say_the_same_are_equal(string stored, string now) =>
        Assert.True(NumberTolerance.Default.AreEqual(stored, now));

    [Theory]
    [InlineData("2991 jumps", "2992 jumps")]
    [InlineData("runs: 1000000", "runs: 1000001")]
    [InlineData("seed 9007199254740992", "seed 9007199254740993")]
    [InlineData("1,000,000", "1,000,001")]
    [InlineData("score 3:05", "score 9:05")]
    [InlineData("a window of 5 s", "a window of 9 s")]
    [InlineData("begins 2025-11-01", "begins 2025-11-02")]
    [InlineData("took 3 runs", "took 4 runs")]
    [InlineData("0.5", "0.6")]
    [InlineData("a 1.2346", "a 1.2349")]
    [InlineData("0.4602", "0.46")]
    [InlineData("12.345", "12.35")]
    [InlineData("rho = 0.5", "p = 0.5")]
    [InlineData("layer_1 is first", "layer_2 is first")]
    [InlineData("1 2", "1")]
    [InlineData("0.1", "NaN")]
    [InlineData("-1.5", "1.5")]
    public void Lines_that_say_another_thing_are_not(string stored, string now) =>
        Assert.False(NumberTolerance.Default.AreEqual(stored, now));
}
