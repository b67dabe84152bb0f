using Ndt.Cli;
using Ndt.Runs;

namespace Ndt.Tests;

public sealed class StepProgressTests
{
    private static readonly RunProgress Half = new(1000, 2000, 0.25);

    [Theory]
    [InlineData(119, "transformer_deep_mnist_s0 ━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌ 1000/2000  loss 0.2500  10 steps/s  1:40 left")]
    [InlineData(90, "transformer_deep_mnist_s0 ━━━━━━╌╌╌╌╌╌ 1000/2000  loss 0.2500  10 steps/s  1:40 left")]
    [InlineData(79, "transformer_deep_mnist_s0 ━━━━━━╌╌╌╌╌╌ 1000/2000  loss 0.2500  1:40 left")]
    [InlineData(59, "transformer_deep_mnist_s0 1000/2000  loss 0.2500  1:40 left")]
    [InlineData(50, "transformer_dee… 1000/2000  loss 0.2500  1:40 left")]
    [InlineData(39, "1000/2000  loss 0.2500  1:40 left")]
    [InlineData(25, "1000/2000  1:40 left")]
    [InlineData(9, "1000/2000")]
    [InlineData(5, "1000…")]
    [InlineData(0, "")]
    public void The_line_takes_the_richest_form_that_fits(int room, string expected) => Assert.Equal(expected, StepProgress.Line("transformer_deep_mnist_s0", Half, rate: 10, room));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    public void Before_a_rate_is_known_no_time_is_told(double rate) => Assert.Equal("run 1000/2000  loss 0.2500", StepProgress.Line("run", Half, rate, 30));

    [Theory]
    [InlineData(1000, "0:01")]
    [InlineData(0.2, "1:23:20")]
    [InlineData(0.01, "27:46:40")]
    [InlineData(1e-300, "23976:00:00")]
    public void The_time_left_has_its_hours(double rate, string left) => Assert.EndsWith($"  {left} left", StepProgress.Line("run", Half, rate, 120), StringComparison.Ordinal);

    [Fact]
    public void No_form_is_ever_wider_than_its_room() =>
        Assert.All(Enumerable.Range(0, 200), room => Assert.InRange(StepProgress.Line(new string('n', 70), new RunProgress(7, 1_000_000, 12345.678), 0.5, room).Length, 0, room));
}
