using Ndt.Measurement;
using Ndt.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Tests.Measurement;

/// <summary>What is taken of which network, and what is refused in one line.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ActivationProbeTests
{
    [Fact]
    public void Layers_that_do_not_fire_are_named_with_the_likely_reason()
    {
        using var network = new ForwardCaller();
        using var tracker = new ActivationTracker(network, randn(16, 8));
        var message = Assert.Throws<InputException>(tracker.MeasureInitialState).Message;
        Assert.Contains("first", message, StringComparison.Ordinal);
        Assert.DoesNotContain("second,", message, StringComparison.Ordinal);
        Assert.Contains("call(), not forward()", message, StringComparison.Ordinal);
        Assert.Empty(tracker.History.Points);
        using var only = new ActivationTracker(network, randn(16, 8), new TrackerOptions { Layers = LayerSelection.Named("second") });
        only.MeasureInitialState();
        Assert.Equal(["second"], only.History.Layers().Select(layer => layer.Name));
    }

    [Fact]
    public void After_it_is_disposed_a_tracker_measures_no_more()
    {
        using var network = nn.Sequential(("l", nn.Linear(4, 3)));
        var tracker = new ActivationTracker(network, randn(9, 4));
        tracker.MeasureInitialState();
        tracker.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tracker.AfterStep(0));
    }

    [Fact]
    public void A_block_under_three_names_gives_the_first_second_and_third_pass()
    {
        var block = nn.Sequential(("l", nn.Linear(8, 8)), ("r", nn.ReLU()));
        using var network = nn.Sequential(("b1", block), ("b2", block), ("b3", block));
        var inputs = randn(64, 8);
        using var tracker = new ActivationTracker(network, inputs);
        tracker.MeasureInitialState();
        using var guard = no_grad();
        var expected = new List<double>();
        var x = inputs;
        for (var pass = 0; pass < 3; pass++)
        {
            var linear = ((Linear)block.named_children().First().module).call(x);
            expected.Add(Estimators.StableRank(ActivationSpectra.Of(linear.data<float>().ToArray(), 64, 8).Uncentred));
            x = linear.relu();
        }

        var layers = tracker.History.Layers();
        Assert.Equal([("b1.l", 0), ("b2.l", 1), ("b3.l", 2)], layers.Select(layer => (layer.Name, layer.Depth)));
        Assert.All(layers.Zip(expected), pair => Assert.Equal(pair.Second, pair.First[Metric.StableRank][0], pair.Second * 1e-6));
        Assert.Equal(3, expected.Distinct().Count());
        using var last = new ActivationTracker(network, inputs, new TrackerOptions { Layers = LayerSelection.Named("b3.l") });
        last.MeasureInitialState();
        Assert.Equal(layers[2][Metric.StableRank][0], Assert.Single(last.History.Layers())[Metric.StableRank][0]);
    }

    [Fact]
    public void A_module_under_two_names_that_runs_once_is_listed_once()
    {
        using var network = new Alias();
        using var tracker = new ActivationTracker(network, randn(12, 4));
        tracker.MeasureInitialState();
        Assert.Single(tracker.History.Layers());
        using var other = new ActivationTracker(network, randn(12, 4), new TrackerOptions { Layers = LayerSelection.Named("second") });
        Assert.Contains("first, second", Assert.Throws<InputException>(other.MeasureInitialState).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_whose_examples_are_elsewhere_are_refused_and_BatchDimension_says_where_they_are()
    {
        using var network = new SequenceFirst();
        using var wrong = new ActivationTracker(network, randn(32, 8), new TrackerOptions { Layers = LayerSelection.Named("split") });
        Assert.Contains("32 examples", Assert.Throws<InputException>(wrong.MeasureInitialState).Message, StringComparison.Ordinal);

        using var tokens = nn.Sequential(("l", nn.Linear(8, 6)), ("o", nn.Linear(6, 3)));
        var inputs = randn(5, 32, 8);
        using var tracker = new ActivationTracker(tokens, inputs, new TrackerOptions { BatchDimension = 1 });
        using var turned = new ActivationTracker(tokens, inputs.transpose(0, 1).contiguous());
        tracker.MeasureInitialState();
        turned.MeasureInitialState();
        Assert.Equal(
            turned.History.Layers().Select(layer => (layer.Name, layer.View, layer.Samples, layer.Features)),
            tracker.History.Layers().Select(layer => (layer.Name, layer.View, layer.Samples, layer.Features)));

        // The mean over tokens adds single-precision values in another order.
        Assert.All(turned.History.Layers().Zip(tracker.History.Layers()), pair => Assert.Equal(1, pair.First[Metric.CentredStableRank][0] / pair.Second[Metric.CentredStableRank][0], 1e-6));
        Assert.All(tracker.History.Layers(), layer => Assert.Equal(32, layer.Samples));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Linear_outputs_with_the_features_last_are_averaged_over_places(bool isOurOwn)
    {
        nn.Module<Tensor, Tensor> embed = isOurOwn ? new LinearLayer(3, 48) : nn.Linear(3, 48);
        using var network = nn.Sequential(("embed", embed), ("norm", nn.LayerNorm([48L])));
        var inputs = randn(32, 7, 7, 3);
        using var tracker = new ActivationTracker(network, inputs, new TrackerOptions { Layers = LayerSelection.Named("*") });
        tracker.MeasureInitialState();
        Assert.Equal([("embed", LayerView.Study, 32, 48), ("norm", LayerView.Study, 32, 48)], tracker.History.Layers().Select(layer => (layer.Name, layer.View, layer.Samples, layer.Features)));
        using var guard = no_grad();
        var mean = embed.call(inputs).mean([1L, 2L]);
        var expected = Estimators.StableRank(ActivationSpectra.Of(mean.data<float>().ToArray(), 32, 48).Centred);
        Assert.Equal(expected, tracker.History.Layers()[0][Metric.CentredStableRank][0], expected * 1e-6);
    }

    [Fact]
    public void A_one_dimensional_convolution_has_its_channels_and_no_tokens()
    {
        using var network = nn.Sequential(("c", nn.Conv1d(3, 5, 2)));
        using var tracker = new ActivationTracker(network, randn(16, 3, 9), new TrackerOptions { Layers = LayerSelection.Named("c") });
        tracker.MeasureInitialState();
        Assert.Equal([(LayerView.Study, 5)], tracker.History.Layers().Select(layer => (layer.View, layer.Features)));
    }

    [Theory]
    [InlineData("out_proj")]
    [InlineData("mixer.out_proj")]
    public void A_layer_of_that_name_with_more_than_three_dimensions_does_not_vanish(string path)
    {
        var parts = path.Split('.');
        nn.Module<Tensor, Tensor> network = nn.Sequential((parts[^1], nn.Linear(3, 4)));
        network = parts.Length == 1 ? network : nn.Sequential((parts[0], network));
        using var tracker = new ActivationTracker(network, randn(10, 2, 2, 3));
        tracker.MeasureInitialState();
        Assert.Equal((path, 4), tracker.History.Layers().Select(layer => (layer.Name, layer.Features)).Single());
        network.Dispose();
    }

    [Fact]
    public void A_function_may_choose_layers_by_path_and_module()
    {
        using var network = nn.Sequential(("in", nn.Linear(6, 4)), ("relu", nn.ReLU()), ("out", nn.Linear(4, 3)));
        var selection = LayerSelection.Where((path, module) => path == "relu" || (module is Linear && path != "in"));
        using var tracker = new ActivationTracker(network, randn(20, 6), new TrackerOptions { Layers = selection });
        tracker.MeasureInitialState();
        Assert.Equal(["relu", "out"], tracker.History.Layers().Select(layer => layer.Name));
    }

    [Fact]
    public void A_network_of_one_layer_is_measured()
    {
        using var network = nn.Linear(6, 4);
        using var tracker = new ActivationTracker(network, randn(20, 6));
        tracker.MeasureInitialState();
        Assert.Equal(("Linear", 4), tracker.History.Layers().Select(layer => (layer.Name, layer.Features)).Single());
    }

    [Fact]
    public void A_pattern_takes_what_maps_one_tensor_to_one_and_names_the_rest_once()
    {
        using var network = new WithRecurrence();
        var notices = new List<string>();
        using var tracker = new ActivationTracker(network, randn(12, 5, 4), new TrackerOptions { Layers = LayerSelection.Named("*"), OnNotice = notices.Add });
        tracker.MeasureInitialState();
        tracker.AfterStep(0);
        Assert.Equal(["embed", "head"], tracker.History.Layers().Select(layer => layer.Name).Distinct());
        Assert.Contains("lstm (LSTM)", Assert.Single(notices), StringComparison.Ordinal);
        Assert.Equal(["lstm (LSTM)"], tracker.LeftOut);
        Assert.Throws<InputException>(() => new ActivationTracker(network, randn(12, 5, 4), new TrackerOptions { Layers = LayerSelection.Named("lstm") }));
        Assert.Throws<InputException>(() => new ActivationTracker(network, randn(12, 5, 4), new TrackerOptions { Layers = LayerSelection.Named("head", "lstm") }));
    }

    [Fact]
    public void Double_precision_is_kept()
    {
        manual_seed(3);
        using var network = nn.Sequential(("l", nn.Linear(6, 5, dtype: ScalarType.Float64)));
        using var guard = no_grad();
        var inputs = (randn(40, 6, dtype: ScalarType.Float64) * 1e-3) + 1e6;
        using var tracker = new ActivationTracker(network, inputs);
        tracker.MeasureInitialState();
        var output = network.call(inputs);
        var singular = linalg.svdvals(output - output.mean([0L], keepdim: true)).data<double>().ToArray();
        var expected = singular.Sum(s => s * s) / (singular[0] * singular[0]);
        Assert.Equal(expected, tracker.History.Layers()[0][Metric.CentredStableRank][0], expected * 1e-6);
        using var large = nn.Sequential(("l", nn.Linear(6, 5, dtype: ScalarType.Float64)));
        using var beyond = new ActivationTracker(large, inputs * 1e100);
        beyond.MeasureInitialState();
        Assert.True(double.IsFinite(beyond.History.Layers()[0][Metric.StableRank][0]));
    }

    [Fact]
    public void Half_precision_is_measured_as_it_stands()
    {
        using var network = nn.Sequential(("l", nn.Linear(6, 5))).to(ScalarType.BFloat16);
        var inputs = randn(20, 6).to(ScalarType.BFloat16);
        using var tracker = new ActivationTracker(network, inputs);
        tracker.MeasureInitialState();
        using var guard = no_grad();
        var expected = Estimators.StableRank(ActivationSpectra.Of(network.call(inputs).to(ScalarType.Float32).data<float>().ToArray(), 20, 5).Uncentred);
        Assert.Equal(expected, tracker.History.Layers()[0][Metric.StableRank][0], expected * 1e-6);
    }

    [Fact]
    public void Complex_activations_are_refused_by_name()
    {
        using var network = nn.Sequential(("l", nn.Linear(4, 4)), ("fourier", new Fourier()));
        using var tracker = new ActivationTracker(network, randn(8, 4), new TrackerOptions { Layers = LayerSelection.Named("fourier") });
        var message = Assert.Throws<InputException>(tracker.MeasureInitialState).Message;
        Assert.Contains("fourier", message, StringComparison.Ordinal);
        Assert.Contains("complex", message, StringComparison.Ordinal);
    }

    private sealed class ForwardCaller : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(8, 8);
        private readonly Linear second = nn.Linear(8, 4);

        public ForwardCaller()
            : base(nameof(ForwardCaller)) => RegisterComponents();

        public override Tensor forward(Tensor input) => second.call(first.forward(input));
    }

    private sealed class Alias : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(4, 4);

        public Alias()
            : base(nameof(Alias))
        {
            register_module("first", first);
            register_module("second", first);
        }

        public override Tensor forward(Tensor input) => first.call(input);
    }

    private sealed class SequenceFirst : nn.Module<Tensor, Tensor>
    {
        private readonly Linear split = nn.Linear(4, 4);

        public SequenceFirst()
            : base(nameof(SequenceFirst)) => RegisterComponents();

        public override Tensor forward(Tensor input) => split.call(input.view(-1, 2, 4).transpose(0, 1));
    }

    private sealed class WithRecurrence : nn.Module<Tensor, Tensor>
    {
        private readonly Linear embed = nn.Linear(4, 6);
        private readonly LSTM lstm = nn.LSTM(6, 7, batchFirst: true);
        private readonly Linear head = nn.Linear(7, 2);

        public WithRecurrence()
            : base(nameof(WithRecurrence)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (output, _, _) = lstm.call(embed.call(input));
            return head.call(output.mean([1L]));
        }
    }

    private sealed class Fourier : nn.Module<Tensor, Tensor>
    {
        public Fourier()
            : base(nameof(Fourier))
        {
        }

        public override Tensor forward(Tensor input) => fft.fft_(input);
    }
}
