using Ndt.Models;
using static TorchSharp.torch;

namespace Ndt.Tests.Models;

public sealed class ClassificationTests
{
    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.NaN, 1)]
    [InlineData(float.PositiveInfinity, 0)]
    [InlineData(float.NegativeInfinity, 1)]
    public void An_example_with_a_logit_that_is_not_finite_counts_as_wrong(float value, int place)
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 2f, 1, 0, 0, 1, 0 }, [2L, 3]);
        logits[0, place] = value;
        Assert.Equal(0.5, Classification.Of(logits, tensor(new[] { 0L, 1 })).Accuracy);
    }

    [Fact]
    public void The_first_of_equal_logits_counts()
    {
        using var scope = NewDisposeScope();
        var quality = Classification.Of(zeros(2, 4), tensor(new[] { 0L, 1 }));
        Assert.Equal(0.5, quality.Accuracy);
        Assert.Equal(Math.Log(4), quality.Loss, 1e-12);
    }
}
