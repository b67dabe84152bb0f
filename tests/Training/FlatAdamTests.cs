using Ndt.Models;
using Ndt.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Tests.Training;

public sealed class FlatAdamTests
{
    [Fact]
    public void Seven_updates_agree_with_PyTorch_to_float_rounding()
    {
        var weights = new Parameter(PyTorchFixture.Tensor(PyTorchFixture.At("adam", "start")));
        using var module = new OneParameter(weights);
        using var optimiser = new FlatAdam(module, AdamOptions.Default);
        foreach (var gradient in PyTorchFixture.At("adam", "gradients").EnumerateArray())
        {
            weights.grad = PyTorchFixture.Tensor(gradient);
            optimiser.Update();
        }

        OptimiserMoment[] state = [.. optimiser.Moments()];
        Assert.Equal(7, optimiser.Step);
        Assert.Equal([("weights", "exp_avg"), ("weights", "exp_avg_sq")], state.Select(moment => (moment.Parameter, moment.Name)));
        AssertClose(PyTorchFixture.Tensor(PyTorchFixture.At("adam", "end")), weights);
        AssertClose(PyTorchFixture.Tensor(PyTorchFixture.At("adam", "exp_avg")), state[0].Value);
        AssertClose(PyTorchFixture.Tensor(PyTorchFixture.At("adam", "exp_avg_sq")), state[1].Value);
    }

    [Fact]
    public void Training_agrees_with_TorchSharps_Adam_to_float_rounding()
    {
        var spec = new MlpSpec("mlp_test", [17, 9]);
        var shape = new InputShape(1, 1, 11, 3);
        using var ours = Network.Create(spec, shape);
        using var theirs = Network.Create(spec, shape);
        // A generator of its own: torch's is the whole process's, and other tests draw from it meanwhile.
        using var generator = new Generator(1);
        using (no_grad())
        {
            foreach (var parameter in ours.parameters())
            {
                parameter.copy_(randn(parameter.shape, generator: generator) * 0.3);
            }
        }

        theirs.load_state_dict(ours.state_dict());
        using var flat = new FlatAdam(ours, AdamOptions.Default);
        using var reference = optim.Adam(theirs.parameters(), 1e-3);
        var (x, y) = (randn([8L, 11L], generator: generator), arange(8).remainder(3));
        for (var i = 0; i < 20; i++)
        {
            nn.functional.cross_entropy(ours.call(x), y).backward();
            flat.Update();
            theirs.zero_grad();
            nn.functional.cross_entropy(theirs.call(x), y).backward();
            reference.step();
        }

        foreach (var (mine, other) in ours.parameters().Zip(theirs.parameters()))
        {
            Assert.True(mine.allclose(other, 1e-5, 1e-6));
        }
    }

    [Fact]
    public void Vector_and_scalar_parts_round_alike()
    {
        var random = new Random(4);
        var gradient = Enumerable.Range(0, 40).Select(_ => (float)random.NextDouble()).ToArray();
        var (together, apart) = (new float[40], new float[40]);
        var (m1, v1, m2, v2) = (new float[40], new float[40], new float[40], new float[40]);
        for (var step = 1; step <= 3; step++)
        {
            AdamUpdate.Apply(AdamOptions.Default, step, together, gradient, m1, v1);
            for (var i = 0; i < 40; i++)
            {
                AdamUpdate.Apply(AdamOptions.Default, step, apart.AsSpan(i, 1), gradient.AsSpan(i, 1), m2.AsSpan(i, 1), v2.AsSpan(i, 1));
            }
        }

        Assert.Equal(apart, together);
    }

    [Fact]
    public void A_learning_rate_of_0_moves_nothing()
    {
        using var linear = nn.Linear(3, 2);
        var before = linear.weight!.clone();
        using var optimiser = new FlatAdam(linear, AdamOptions.Default with { LearningRate = 0 });
        linear.call(randn(4, 3)).sum().backward();
        Assert.True(optimiser.GradientNorm() > 0);
        optimiser.Update();
        Assert.True(linear.weight.allclose(before, 0, 0));
        Assert.Equal(0, optimiser.GradientNorm());
    }

    [Fact]
    public void Restored_state_continues_as_if_never_interrupted()
    {
        using var first = nn.Linear(5, 4);
        using var second = nn.Linear(5, 4);
        using var one = new FlatAdam(first, AdamOptions.Default);
        var x = randn(6, 5);
        Advance(first, one, x, 3);
        second.load_state_dict(first.state_dict());
        using var two = new FlatAdam(second, AdamOptions.Default);
        var kept = one.Moments().ToDictionary(moment => (moment.Parameter, moment.Name), moment => moment.Value.clone());
        two.Restore(one.Step, (parameter, moment) => kept[(parameter, moment)]);
        Advance(first, one, x, 3);
        Advance(second, two, x, 3);
        Assert.True(first.weight!.allclose(second.weight!, 0, 0));
        Assert.Throws<InputException>(() => two.Restore(1, (_, _) => null));
    }

    private static void Advance(Linear network, FlatAdam optimiser, Tensor x, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            network.call(x).square().sum().backward();
            optimiser.Update();
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual) =>
        // A few units in the last place of single precision.
        Assert.True(actual.allclose(expected, 5e-7, 1e-9), $"{actual} differs from {expected}");

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
