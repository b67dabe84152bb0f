using Ndt.Models;
using static TorchSharp.torch;

namespace Ndt.Tests.Models;

[Collection(nameof(TorchGenerator))]
public sealed class RandomDropoutTests
{
    [Fact]
    public void The_share_lost_is_the_probability_and_what_is_kept_is_scaled()
    {
        var mask = new float[1_000_003];
        new MaskStream(seed: 5, probability: 0.1).Fill(mask);
        var lost = mask.Count(value => value == 0);
        // Five standard deviations of a binomial with n = 1,000,003 and p = 0.1.
        Assert.InRange(lost, 100_000 - 1500, 100_000 + 1500);
        Assert.All(mask, value => Assert.True(value == 0 || value == (float)(1 / 0.9)));
    }

    [Fact]
    public void Neighbours_are_lost_independently_of_each_other()
    {
        var mask = new float[1_000_000];
        new MaskStream(seed: 6, probability: 0.5).Fill(mask);
        foreach (var lag in new[] { 1, 2, 4, 8, 16, 64 })
        {
            var agreements = Enumerable.Range(0, mask.Length - lag).Count(i => mask[i] == mask[i + lag]);
            Assert.InRange((double)agreements / (mask.Length - lag), 0.5 - 0.0025, 0.5 + 0.0025);
        }
    }

    [Fact]
    public void A_seed_of_torchs_generator_gives_one_mask_and_the_gradient_passes_through_it()
    {
        using var module = new RandomDropout(0.3);
        module.train();
        manual_seed(3);
        var x = ones(100).requires_grad_();
        var y = module.call(x);
        y.sum().backward();
        Assert.True(x.grad!.allclose(y, 0, 0));
        Assert.False(module.call(x).allclose(y, 0, 0));
        manual_seed(3);
        Assert.True(module.call(x).allclose(y, 0, 0));
    }

    [Fact]
    public void Evaluation_mode_changes_nothing()
    {
        using var module = new RandomDropout(0.3);
        module.eval();
        Assert.True(module.call(ones(100)).allclose(ones(100), 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomDropout(1));
    }
}
