using System.Text.Json;
using Ndt.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Tests.Training;

/// <summary>AdamW, descent with momentum and the schedule, beside PyTorch (tests/fixtures/pytorch/make_optimisers.py).</summary>
public sealed class FlatOptimiserTests
{
    private static readonly JsonElement Fixture = JsonDocument.Parse(File.ReadAllText(RepositoryPaths.Fixture("pytorch/optimisers.json"))).RootElement;

    public static TheoryData<string> Names => ["adamw", "adamw_strong", "sgd_momentum"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Five_updates_agree_with_PyTorch_to_float_rounding(string name)
    {
        var expected = Fixture.GetProperty(name);
        var weights = new Parameter(PyTorchFixture.Tensor(expected.GetProperty("start")));
        using var module = new OneParameter(weights);
        using FlatOptimiser optimiser = name switch
        {
            "adamw" => new FlatAdam(module, Protocol.Find("adamw").Adam),
            "adamw_strong" => new FlatAdam(module, new AdamOptions(1e-2, WeightDecay: 0.5)),
            _ => new FlatSgd(module, Protocol.Find("sgd_momentum").Sgd!.Value),
        };
        foreach (var gradient in expected.GetProperty("gradients").EnumerateArray())
        {
            weights.grad = PyTorchFixture.Tensor(gradient);
            optimiser.Update();
        }

        AssertClose(expected.GetProperty("end"), weights);
        var moments = expected.GetProperty("moments");
        Assert.Equal(moments.EnumerateObject().Select(moment => moment.Name), optimiser.MomentNames);
        Assert.All(optimiser.Moments(), moment => AssertClose(moments.GetProperty(moment.Name), moment.Value));
    }

    [Fact]
    public void The_schedule_has_PyTorchs_rates()
    {
        var cosine = Fixture.GetProperty("cosine");
        var (warm, rates) = (cosine.GetProperty("warm").GetInt32(), cosine.GetProperty("rates").EnumerateArray().Select(rate => rate.GetDouble()).ToArray());
        var schedule = new CosineSchedule((double)warm / rates.Length);
        Assert.All(rates.Index(), rate => Assert.Equal(rate.Item, schedule.Factor(rate.Index, rates.Length), 1e-12));
    }

    [Fact]
    public void A_rate_factor_scales_the_step()
    {
        var (whole, half) = (Moved(1), Moved(0.5));
        Assert.Equal(0.01 * 2, whole, 1e-9);
        Assert.Equal(0.01, half, 1e-9);

        static double Moved(double factor)
        {
            var weights = new Parameter(zeros(1));
            using var module = new OneParameter(weights);
            using var optimiser = new FlatSgd(module, new SgdOptions(0.01)) { RateFactor = factor };
            weights.grad = tensor(new[] { -2f });
            optimiser.Update();
            return weights.item<float>();
        }
    }

    private static void AssertClose(JsonElement expected, Tensor actual) =>
        // A few units in the last place of single precision.
        Assert.True(actual.allclose(PyTorchFixture.Tensor(expected), 1e-6, 1e-7), $"{actual} differs from {expected}");

    private sealed class OneParameter : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter weights;

        public OneParameter(Parameter weights) : base(nameof(OneParameter))
        {
            this.weights = weights;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input * weights;
    }
}
