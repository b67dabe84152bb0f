using Ndt.Measurement;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Tests.Measurement;

/// <summary>Measuring changes nothing: the weights after 50 steps are the same, bit for bit, with a tracker and without.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class TrainingUntouchedTests
{
    private const int Steps = 50;

    [Fact]
    public void A_frozen_BatchNorm_stays_frozen() => AssertSameTraining(() =>
    {
        var frozen = nn.BatchNorm1d(16);
        var network = nn.Sequential(("l", nn.Linear(8, 16)), ("bn", frozen), ("live", nn.BatchNorm1d(16)), ("o", nn.Linear(16, 2)));
        network.train();
        frozen.eval();
        return network;
    });

    [Fact]
    public void A_dropout_that_is_kept_on_in_an_evaluated_network_stays_on()
    {
        var dropout = nn.Dropout(0.5);
        using var network = nn.Sequential(("l", nn.Linear(8, 16)), ("drop", dropout), ("o", nn.Linear(16, 2)));
        network.eval();
        dropout.train();
        using var tracker = new ActivationTracker(network, randn(32, 8));
        tracker.MeasureInitialState();
        Assert.Equal((false, true), (network.training, dropout.training));
        AssertSameTraining(() =>
        {
            var kept = nn.Dropout(0.5);
            var made = nn.Sequential(("l", nn.Linear(8, 16)), ("drop", kept), ("o", nn.Linear(16, 2)));
            made.eval();
            kept.train();
            return made;
        });
    }

    [Fact]
    public void A_module_under_two_parents_of_different_modes_keeps_its_own()
    {
        var shared = nn.BatchNorm1d(8);
        var one = nn.Sequential(("l", nn.Linear(8, 8)), ("bn", shared));
        var other = nn.Sequential(("deep", nn.Sequential(("bn", shared))));
        using var network = nn.Sequential(("one", one), ("other", other));
        network.train();
        other.eval();
        shared.train();
        using var tracker = new ActivationTracker(network, randn(16, 8));
        tracker.MeasureInitialState();
        Assert.Equal((true, true, false, true), (network.training, one.training, other.training, shared.training));
    }

    [Fact]
    public void Draws_in_a_forward_are_drawn_again_by_the_training() => AssertSameTraining(() => new DrawingNetwork());

    [Fact]
    public void Running_statistics_that_a_forward_writes_to_in_evaluation_mode_come_back() => AssertSameTraining(() =>
        nn.Sequential(("l", nn.Linear(8, 16)), ("u", nn.Unflatten(1, [4, 2, 2])), ("n", nn.InstanceNorm2d(4, track_running_stats: true)), ("f", nn.Flatten()), ("o", nn.Linear(16, 2))));

    [Fact]
    public void What_a_network_counts_in_a_buffer_counts_only_its_training() => AssertSameTraining(() => new CountingNetwork());

    [Fact]
    public void A_measurement_between_forward_and_backward_is_no_obstacle()
    {
        var norm = nn.BatchNorm1d(16);
        using var network = nn.Sequential(("l", nn.Linear(8, 16)), ("n", norm), ("o", nn.Linear(16, 2)));
        norm.eval();
        using var tracker = new ActivationTracker(network, randn(32, 8));
        var loss = network.call(randn(32, 8)).mean();
        tracker.MeasureInitialState();
        loss.backward();
        Assert.NotNull(network.parameters().First().grad);
    }

    [Fact]
    public void Gradients_that_are_being_accumulated_stay() => AssertSameTraining(Plain, accumulate: 4);

    [Fact]
    public void Mixed_precision_trains_as_before() => AssertSameTraining(() => new HalfNetwork());

    [Fact]
    public void A_forward_that_throws_leaves_modes_hooks_and_the_generator_as_they_were()
    {
        manual_seed(5);
        var frozen = nn.BatchNorm1d(8);
        using var network = new ThrowingNetwork(frozen);
        network.train();
        frozen.eval();
        using var tracker = new ActivationTracker(network, randn(16, 8));
        tracker.MeasureInitialState();
        var expected = Generator.Default.get_state();
        network.Throws = true;
        Assert.Throws<InvalidOperationException>(() => tracker.AfterStep(0));
        Assert.Equal((true, false), (network.training, frozen.training));
        Assert.True(expected.allclose(Generator.Default.get_state(), 0, 0));
        Assert.Single(tracker.History.Points);
        network.Throws = false;
        network.call(randn(3, 8)).Dispose();
        tracker.AfterStep(0);
        Assert.Equal(2, tracker.History.Points.Count);
    }

    private static nn.Module<Tensor, Tensor> Plain() => nn.Sequential(("l", nn.Linear(8, 16)), ("r", nn.ReLU()), ("drop", nn.Dropout(0.1)), ("o", nn.Linear(16, 2)));

    private static void AssertSameTraining(Func<nn.Module<Tensor, Tensor>> make, int accumulate = 1)
    {
        var (untouched, measured) = (Train(make, accumulate, track: false), Train(make, accumulate, track: true));
        Assert.NotEmpty(untouched);
        Assert.Equal(untouched.Keys, measured.Keys);
        Assert.All(untouched, pair => Assert.Equal(pair.Value, measured[pair.Key]));
    }

    // Parameters and buffers after the training, as bytes.
    private static Dictionary<string, byte[]> Train(Func<nn.Module<Tensor, Tensor>> make, int accumulate, bool track)
    {
        manual_seed(1);
        using var network = make();
        var optimiser = optim.Adam(network.parameters(), 1e-2);
        var (inputs, labels) = (randn(64, 8), randint(0, 2, 64));
        var probe = randn(32, 8);
        using var tracker = new ActivationTracker(network, probe, new TrackerOptions { Every = 3 });
        for (var step = 0; step < Steps; step++)
        {
            var loss = nn.functional.cross_entropy(network.call(inputs), labels);
            loss.backward();
            if (track)
            {
                tracker.AfterStep(step, loss.item<float>());
            }

            if ((step + 1) % accumulate == 0)
            {
                optimiser.step();
                optimiser.zero_grad();
            }
        }

        Assert.Equal(track ? 17 : 0, tracker.History.Points.Count);
        return network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray());
    }

    /// <summary>A variational network: its code is drawn in every forward, in evaluation mode too.</summary>
    private sealed class DrawingNetwork : nn.Module<Tensor, Tensor>
    {
        private readonly Linear encoder = nn.Linear(8, 12);
        private readonly Linear decoder = nn.Linear(6, 2);

        public DrawingNetwork()
            : base(nameof(DrawingNetwork)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var code = encoder.call(input);
            var mean = code.narrow(1, 0, 6);
            return decoder.call(mean + (randn_like(mean) * code.narrow(1, 6, 6).exp()));
        }
    }

    /// <summary>Counts its passes, whatever its mode, and computes with the count.</summary>
    private sealed class CountingNetwork : nn.Module<Tensor, Tensor>
    {
        private readonly Linear layer = nn.Linear(8, 2);
        private readonly Tensor passes = zeros(1);

        public CountingNetwork()
            : base(nameof(CountingNetwork))
        {
            register_buffer("passes", passes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using (no_grad())
            {
                passes.add_(1);
            }

            return layer.call(input) * (1 + passes.reciprocal());
        }
    }

    /// <summary>Computes in bfloat16 from float32 weights.</summary>
    private sealed class HalfNetwork : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(8, 16);
        private readonly Linear second = nn.Linear(16, 2);

        public HalfNetwork()
            : base(nameof(HalfNetwork)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var hidden = nn.functional.relu(first.call(input)).to(ScalarType.BFloat16).to(ScalarType.Float32);
            return second.call(hidden);
        }
    }

    private sealed class ThrowingNetwork : nn.Module<Tensor, Tensor>
    {
        private readonly Linear layer = nn.Linear(8, 8);
        private readonly BatchNorm1d norm;

        public ThrowingNetwork(BatchNorm1d norm)
            : base(nameof(ThrowingNetwork))
        {
            this.norm = norm;
            RegisterComponents();
        }

        public bool Throws { get; set; }

        public override Tensor forward(Tensor input)
        {
            var output = norm.call(layer.call(input)) + rand(1);
            return Throws ? throw new InvalidOperationException("the forward fails") : output;
        }
    }
}
