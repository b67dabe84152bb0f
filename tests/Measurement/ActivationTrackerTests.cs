using Ndt.Measurement;
using Ndt.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Tests.Measurement;

[Collection(nameof(TorchGenerator))]
public sealed class ActivationTrackerTests
{
    [Fact]
    public void It_attaches_to_any_network_and_follows_the_layers_chosen_by_name()
    {
        using var network = nn.Sequential(("embed", nn.Linear(6, 5)), ("act", nn.GELU()), ("out", nn.Linear(5, 3)));
        using var tracker = new ActivationTracker(network, randn(20, 6), new TrackerOptions(Every: 10, LayerSelection.Named("emb*", "act")));
        tracker.MeasureInitialState();
        for (var step = 0; step < 25; step++)
        {
            tracker.AfterStep(step, loss: 1.0 / (step + 1));
        }

        Assert.Equal([-1, 0, 10, 20], tracker.History.Points.Select(point => point.Step));
        Assert.Equal([("embed", 0), ("act", 1)], tracker.History.Layers().Select(layer => (layer.Name, layer.Depth)));
        Assert.All(tracker.History.Layers(), layer => Assert.Equal((20, 5, 4), (layer.Samples, layer.Features, layer[Metric.StableRank].Length)));
        Assert.Equal(4, tracker.Overhead.Measurements);
        Assert.True(tracker.Overhead.ForwardSeconds > 0 && tracker.Overhead.SpectrumSeconds > 0);
    }

    [Fact]
    public void Figures_are_those_of_the_layers_output_to_20_bits()
    {
        using var network = nn.Sequential(("first", nn.Linear(6, 5)), ("relu", nn.ReLU()), ("second", nn.Linear(5, 3)));
        var inputs = randn(30, 6);
        using var tracker = new ActivationTracker(network, inputs);
        tracker.MeasureInitialState();
        using var guard = no_grad();
        var first = ((nn.Module<Tensor, Tensor>)network.named_modules().First(m => m.name == "first").module).call(inputs);
        var expected = Estimators.StableRank(ActivationSpectra.Of(first.data<float>().ToArray(), 30, 5).Uncentred);
        var actual = tracker.History.Layers()[0][Metric.StableRank][0];
        Assert.Equal(expected, actual, expected * 1e-6);
    }

    [Fact]
    public void Token_outputs_have_the_studys_view_and_the_mean_over_tokens()
    {
        using var network = Network.Create(new TransformerSpec("transformer_tiny", 8, 1, Heads: 2), new InputShape(1, 1, 32, 3));
        using var tracker = new ActivationTracker(network, randn(12, 32));
        tracker.MeasureInitialState();
        Assert.Equal(
            [
                ("input_proj", LayerView.Study, 0, 16), ("input_proj", LayerView.TokenMean, 0, 8),
                ("transformer.layers.0.self_attn.out_proj", LayerView.TokenMean, 1, 8),
                ("transformer.layers.0.linear1", LayerView.Study, 2, 16), ("transformer.layers.0.linear1", LayerView.TokenMean, 2, 32),
                ("transformer.layers.0.linear2", LayerView.Study, 3, 16), ("transformer.layers.0.linear2", LayerView.TokenMean, 3, 8),
                ("fc", LayerView.Study, 4, 3),
            ],
            tracker.History.Layers().Select(layer => (layer.Name, layer.View, layer.Depth, layer.Features)));
    }

    [Fact]
    public void Convolution_maps_are_averaged_over_their_places()
    {
        using var network = Network.Create(new CnnSpec("cnn_tiny", [4]), new InputShape(1, 6, 6, 3));
        using var tracker = new ActivationTracker(network, randn(10, 36));
        tracker.MeasureInitialState();
        Assert.Equal([("conv_layers.0", 4), ("fc", 3)], tracker.History.Layers().Select(layer => (layer.Name, layer.Features)));
    }

    [Fact]
    public void With_labels_every_point_holds_the_probes_loss_and_accuracy()
    {
        using var network = nn.Sequential(("only", nn.Linear(4, 3)));
        var (inputs, labels) = (randn(50, 4), randint(0, 3, 50));
        using var tracker = new ActivationTracker(network, inputs, labels: labels);
        tracker.MeasureInitialState();
        using var guard = no_grad();
        Assert.Equal(nn.functional.cross_entropy(network.call(inputs), labels).item<float>(), tracker.History.Points[0].ProbeLoss, 1e-5);
        Assert.InRange(tracker.History.Points[0].ProbeAccuracy, 0, 1);
    }

    [Fact]
    public void Mode_and_gradients_are_left_alone_and_detaching_stops_everything()
    {
        using var network = nn.Sequential(("first", nn.Linear(4, 4)), ("drop", nn.Dropout(0.5)));
        network.train();
        network.call(ones(2, 4)).sum().backward();
        var gradient = network.parameters().First().grad!.clone();
        var tracker = new ActivationTracker(network, randn(10, 4));
        tracker.MeasureInitialState();
        Assert.True(network.training);
        Assert.True(network.parameters().First().grad!.allclose(gradient, 0, 0));
        tracker.Dispose();
        using var output = network.call(randn(3, 4));
        Assert.Single(tracker.History.Points);
    }

    [Fact]
    public void A_layer_without_matches_or_measurable_output_is_refused_by_name()
    {
        using var network = nn.Linear(4, 3);
        using var wrapped = nn.Sequential(("only", network));
        Assert.Contains("only", Assert.Throws<InputException>(() => new ActivationTracker(wrapped, randn(5, 4), new TrackerOptions(5, LayerSelection.Named("conv*")))).Message, StringComparison.Ordinal);
        using var tracker = new ActivationTracker(wrapped, randn(4));
        Assert.Contains("only", Assert.Throws<InputException>(tracker.MeasureInitialState).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_activations_are_named_by_layer_and_nothing_measured_before_is_lost()
    {
        using var network = nn.Sequential(("only", nn.Linear(4, 3)));
        using var tracker = new ActivationTracker(network, randn(10, 4));
        tracker.AfterStep(0);
        using (no_grad())
        {
            network.parameters().First().fill_(float.NaN);
        }

        Assert.Equal("only", Assert.Throws<NonFiniteActivationsException>(() => tracker.AfterStep(5)).Layer);
        Assert.Single(tracker.History.Points);
    }

    [Theory]
    [InlineData(4, 1.0, new[] { 3, 7, 11, 15 }, new[] { 3, 7, 11, 15 })]
    [InlineData(5, 1.0, new[] { 0, 1, 4, 5, 9, 10, 16, 20, 21 }, new[] { 0, 5, 10, 16, 21 })]
    [InlineData(1, 1.0, new[] { 1, 2, 3 }, new[] { 1, 2, 3 })]
    [InlineData(1, 2.0, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }, new[] { 0, 1, 3, 7, 15 })]
    public void A_measurement_is_due_when_enough_steps_have_passed_since_the_last(int every, double growth, int[] told, int[] measured)
    {
        using var network = nn.Sequential(("only", nn.Linear(4, 3)));
        using var tracker = new ActivationTracker(network, randn(10, 4), new TrackerOptions(every) { Growth = growth });
        tracker.MeasureInitialState();
        foreach (var step in told)
        {
            Assert.Equal(measured.Contains(step), tracker.IsDue(step));
            tracker.AfterStep(step);
        }

        Assert.Equal([-1, .. measured], tracker.History.Points.Select(point => point.Step));
    }

    [Fact]
    public void Steps_have_to_rise()
    {
        using var network = nn.Sequential(("only", nn.Linear(4, 3)));
        using var tracker = new ActivationTracker(network, randn(10, 4), new TrackerOptions(Every: 100));
        tracker.AfterStep(0);
        tracker.AfterStep(1);
        Assert.Contains("steps have to rise", Assert.Throws<InputException>(() => tracker.AfterStep(0)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(tracker.MeasureInitialState);
        tracker.Measure(7);
        Assert.Throws<InputException>(() => tracker.Measure(7));
        Assert.Throws<InputException>(() => new MeasurementHistory([new MeasurementPoint(5, 6, 1, 1, 1), new MeasurementPoint(5, 6, 1, 1, 1)], []));
        Assert.Equal([0, 7], tracker.History.Points.Select(point => point.Step));
    }

    [Theory]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Float32)]
    public void Labels_of_any_type_give_the_same_loss_and_accuracy_on_either_route(ScalarType type)
    {
        manual_seed(2);
        using var network = nn.Sequential(("only", nn.Linear(4, 3)));
        var (inputs, labels) = (randn(64, 4), randint(0, 3, 64));
        var expected = Classification.Of(network.call(inputs).detach(), labels);
        foreach (var onDevice in new[] { false, true })
        {
            using var tracker = new ActivationTracker(network, inputs, labels: labels.to(type)) { MeasuresOnDevice = onDevice };
            tracker.MeasureInitialState();
            Assert.Equal((expected.Loss, expected.Accuracy), (tracker.History.Points[0].ProbeLoss, tracker.History.Points[0].ProbeAccuracy));
        }
    }

    [Fact]
    public void Labels_that_do_not_fit_are_refused_in_one_line_on_either_route()
    {
        using var network = nn.Sequential(("only", nn.Linear(4, 3)));
        var inputs = randn(64, 4);
        foreach (var (labels, says) in new (Tensor, string)[]
        {
            (zeros(32, ScalarType.Int64), "[32]"),
            (zeros([64, 1], ScalarType.Int64), "[64, 1]"),
            (full([64L], 3, ScalarType.Int64), "hold 3"),
            (full([64L], -100, ScalarType.Int64), "hold -100"),
            (full([64L], 0.5, ScalarType.Float32), "hold 0.5"),
        })
        {
            foreach (var onDevice in new[] { false, true })
            {
                using var tracker = new ActivationTracker(network, inputs, labels: labels) { MeasuresOnDevice = onDevice };
                Assert.Contains(says, Assert.Throws<InputException>(tracker.MeasureInitialState).Message, StringComparison.Ordinal);
            }
        }

        using var tokens = new ActivationTracker(network, randn(64, 5, 4), labels: zeros(64, ScalarType.Int64));
        Assert.Contains("[64, 5, 3]", Assert.Throws<InputException>(tokens.MeasureInitialState).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_told_after_each_measurement_and_may_stop_the_training()
    {
        using var network = nn.Sequential(("only", nn.Linear(4, 3)));
        var told = new List<MeasuredMoment>();
        using var tracker = new ActivationTracker(network, randn(10, 4), new TrackerOptions
        {
            OnMeasured = moment =>
            {
                told.Add(moment);
                if (moment.Point.Step == 2)
                {
                    throw new OperationCanceledException("enough");
                }
            },
        });
        tracker.AfterStep(0, loss: 1.5);
        tracker.AfterStep(1);
        Assert.Throws<OperationCanceledException>(() => tracker.AfterStep(2));
        Assert.Equal([0, 1, 2], told.Select(moment => moment.Point.Step));
        Assert.Equal(1.5, told[0].Point.Loss);
        Assert.Equal(3, tracker.History.Points.Count);
        Assert.Equal(tracker.History.Layers()[0][Metric.StableRank][1], told[1].Layers[0].Uncentred.StableRank, 1e-5);
        Assert.Empty(told[0].Classes);
    }

    [Fact]
    public void A_probe_in_parts_gives_the_figures_of_the_whole()
    {
        manual_seed(4);
        using var network = nn.Sequential(("first", nn.Linear(6, 40)), ("relu", nn.ReLU()), ("second", nn.Linear(40, 3)));
        var (inputs, labels) = (randn(100, 6) + 5, randint(0, 3, 100));
        using var whole = new ActivationTracker(network, inputs, labels: labels);
        whole.MeasureInitialState();
        foreach (var size in new[] { 1, 7, 33, 100 })
        {
            // Parts that are made on the way and disposed of after their turn.
            IEnumerable<ProbeBatch> Parts()
            {
                for (var start = 0; start < 100; start += size)
                {
                    var count = Math.Min(size, 100 - start);
                    using var part = inputs.narrow(0, start, count).clone();
                    using var classes = labels.narrow(0, start, count).clone();
                    yield return new ProbeBatch(part, classes);
                }
            }

            using var parts = new ActivationTracker(network, Parts());
            parts.MeasureInitialState();
            parts.AfterStep(0);
            Assert.Equal(whole.History.Points[0].ProbeLoss, parts.History.Points[0].ProbeLoss, 1e-6);
            Assert.Equal(whole.History.Points[0].ProbeAccuracy, parts.History.Points[0].ProbeAccuracy, 1e-12);
            foreach (var (expected, actual) in whole.History.Layers().Zip(parts.History.Layers()))
            {
                Assert.Equal((expected.Name, expected.View, expected.Samples, expected.Features), (actual.Name, actual.View, actual.Samples, actual.Features));
                Assert.All(actual.Metrics, metric =>
                {
                    // Three features leave no three eigenvalues for α.
                    Assert.Equal(double.IsNaN(expected[metric][0]), double.IsNaN(actual[metric][0]));
                    Assert.False(Math.Abs(expected[metric][0] - actual[metric][0]) > Math.Abs(expected[metric][0]) * 2e-5);
                });
            }
        }
    }

    [Fact]
    public void With_labels_a_history_holds_the_geometry_of_classes_and_without_it_has_no_such_columns()
    {
        manual_seed(6);
        using var network = nn.Sequential(("only", nn.Linear(4, 7)));
        var (inputs, labels) = (randn(40, 4), randint(0, 3, 40));
        using var labelled = new ActivationTracker(network, inputs, labels: labels);
        using var plain = new ActivationTracker(network, inputs);
        labelled.MeasureInitialState();
        plain.MeasureInitialState();
        var expected = ClassGeometry.Of(network.call(inputs).data<float>().ToArray(), 40, 7, labels.data<long>().ToArray());
        var layer = Assert.Single(labelled.History.Layers());
        Assert.Equal(expected.Nc1, layer[Metric.Nc1][0], 1e-6 * expected.Nc1);
        Assert.Equal(expected.NearestClassMeanAccuracy, layer[Metric.NearestClassMeanAccuracy][0], 1e-6);
        Assert.All(new[] { Metric.Nc1, Metric.NearestClassMeanAccuracy }, metric => Assert.False(plain.History.Layers()[0].Has(metric)));
        Assert.True(plain.History.Layers()[0].Has(Metric.AlphaReq));

        // A run that is resumed goes on with the columns it had.
        var resumed = new MeasurementHistory(labelled.History.Points, labelled.History.Layers());
        Assert.Equal(layer.Metrics.Order(), resumed.Layers()[0].Metrics.Order());
    }

    [Theory]
    [InlineData(false, ScalarType.Float32)]
    [InlineData(true, ScalarType.Float32)]
    [InlineData(false, ScalarType.Float64)]
    [InlineData(true, ScalarType.Float64)]
    public void By_class_the_whole_sets_figures_are_those_without_and_each_class_has_its_own(bool onDevice, ScalarType precision)
    {
        manual_seed(6);
        using var network = nn.Sequential(("first", nn.Linear(4, 7)), ("second", nn.Linear(7, 3)));
        network.to(precision);
        var (inputs, labels) = (randn(40, 4).to(precision), randint(0, 3, 40));
        using var plain = new ActivationTracker(network, inputs, labels: labels) { MeasuresOnDevice = onDevice };
        MeasuredMoment? moment = null;
        using var byClass = new ActivationTracker(network, inputs, new TrackerOptions { ByClass = true, OnMeasured = found => moment = found }, labels) { MeasuresOnDevice = onDevice };
        plain.MeasureInitialState();
        byClass.MeasureInitialState();
        Assert.Equal(plain.History.Points, byClass.History.Points);
        Assert.All(plain.History.Layers().Zip(byClass.History.Layers()), pair =>
        {
            Assert.True(pair.Second.Has(Metric.Nc1) && pair.Second.Has(Metric.NearestClassMeanAccuracy));
            Assert.All(pair.First.Metrics, metric => Assert.Equal(pair.First[metric], pair.Second[metric]));
        });
        Assert.Equal([(0, "first"), (0, "second"), (1, "first"), (1, "second"), (2, "first"), (2, "second")], moment!.Classes.Select(own => (own.Class, own.Measurement.Layer.Name)));
        var rows = labels.eq(1).nonzero().flatten();
        using var alone = new ActivationTracker(network, inputs.index_select(0, rows), new TrackerOptions { OnMeasured = found => moment = found with { Classes = moment!.Classes } });
        alone.MeasureInitialState();
        foreach (var (expected, actual) in moment.Layers.Zip(moment.Classes.Where(own => own.Class == 1)))
        {
            Assert.Equal(expected.Layer, actual.Measurement.Layer);
            Assert.Equal(expected.Centred.EffectiveRank, actual.Measurement.Centred.EffectiveRank, 1e-4);
            Assert.Equal(1, expected.Uncentred.FrobeniusSquared / actual.Measurement.Uncentred.FrobeniusSquared, 1e-5);
        }
    }

    [Fact]
    public void A_collapsed_class_shows_by_itself()
    {
        manual_seed(6);
        using var network = nn.Sequential(("first", nn.Linear(5, 5)));
        var labels = arange(60, ScalarType.Int64).remainder(3);
        var inputs = randn(60, 5);
        inputs.index_fill_(0, labels.eq(1).nonzero().flatten(), 0.25);
        MeasuredMoment? moment = null;
        using var tracker = new ActivationTracker(network, inputs, new TrackerOptions { ByClass = true, OnMeasured = found => moment = found }, labels);
        tracker.MeasureInitialState();
        Assert.Equal([(0, 20), (1, 20), (2, 20)], moment!.Classes.Select(own => (own.Class, own.Measurement.Layer.Samples)));
        Assert.True(double.IsNaN(moment.Classes[1].Measurement.Centred.StableRank) || moment.Classes[1].Measurement.Centred.FrobeniusSquared < 1e-9);
        Assert.True(moment.Classes[0].Measurement.Centred.EffectiveRank > 3);
        Assert.True(moment.Layers[0].Centred.EffectiveRank > 3);
        using var without = new ActivationTracker(network, inputs, new TrackerOptions { ByClass = true });
        Assert.Contains("labels", Assert.Throws<InputException>(without.MeasureInitialState).Message, StringComparison.Ordinal);
    }
}
