using Ndt.Data;
using Ndt.Models;
using Ndt.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Tests.Training;

/// <summary>
/// Training anywhere but on the CPU, without such a device: what libtorch's meta device can do, which has shapes and no values and
/// throws wherever a value or a tensor of another device would be needed (its forward passes are not in libtorch's C++ half); and
/// the device's update on the CPU.
/// </summary>
[Collection(nameof(TorchGenerator))]
public sealed class TrainerOnOtherDevicesTests
{
    [Theory]
    [InlineData("mlp_narrow")]
    [InlineData("cnn_deep")]
    [InlineData("transformer_shallow")]
    public void Network_data_and_optimiser_leave_no_tensor_behind_on_the_CPU_and_an_update_waits_for_no_value(string architecture)
    {
        using var scope = NewDisposeScope();
        using var network = Network.Create(ArchitectureCatalogue.Find(architecture), new InputShape(1, 28, 28, 10)).to(META);
        using var trainer = new Trainer(network, Data(), Protocol.Study, seed: 0, META);
        Assert.Equal((DeviceType.META, DeviceType.META), (trainer.ValidationInputs.device_type, trainer.ValidationLabels.device_type));
        foreach (var leaveOneOut in new[] { false, true })
        {
            foreach (var (parameter, i) in network.parameters().Select((parameter, i) => (parameter, i)))
            {
                parameter.grad = leaveOneOut && i == 0 ? null : zeros(parameter.shape, device: META);
            }

            trainer.Optimiser.Update();
        }

        Assert.Equal(2, trainer.StepsDone);
        Assert.All(network.state_dict().Values, value => Assert.Equal(DeviceType.META, value.device_type));
        Assert.All(trainer.Optimiser.Moments(), moment => Assert.Equal(DeviceType.META, moment.Value.device_type));
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    public void The_devices_update_and_gradient_norm_agree_with_the_CPUs_to_float_rounding(string optimiser) => Agree((net, asTensors) => optimiser switch
    {
        "adam" => new FlatAdam(net, AdamOptions.Default, asTensors),
        "adamw" => new FlatAdam(net, AdamOptions.Default with { WeightDecay = 0.3 }, asTensors) { RateFactor = 0.7 },
        "sgd" => new FlatSgd(net, new SgdOptions(0.01), asTensors) { RateFactor = 0.7 },
        _ => throw new ArgumentOutOfRangeException(nameof(optimiser)),
    });

    private static void Agree(Func<nn.Module<Tensor, Tensor>, bool, FlatOptimiser> make)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (Net(), Net());
        using var onCpu = make(ours, false);
        using var asTensors = make(theirs, true);
        Assert.Equal(0, asTensors.GradientNorm());
        using var generator = new Generator(4);
        for (var step = 0; step < 20; step++)
        {
            foreach (var (left, right) in ours.parameters().Zip(theirs.parameters()))
            {
                // A parameter without a gradient is left as it is.
                left.grad = step % 4 == 3 && left.dim() == 1 ? null : randn(left.shape, generator: generator);
                right.grad = left.grad?.clone();
            }

            Assert.Equal(onCpu.GradientNorm(), asTensors.GradientNorm(), 1e-9);
            onCpu.Update();
            asTensors.Update();
            foreach (var (left, right) in ours.parameters().Zip(theirs.parameters()))
            {
                Assert.True(left.allclose(right, rtol: 1e-5, atol: 1e-7));
            }
        }

        static nn.Module<Tensor, Tensor> Net()
        {
            manual_seed(9);
            return nn.Sequential(nn.Linear(7, 5), nn.ReLU(), nn.Linear(5, 3));
        }
    }

    [Fact]
    public void Dropout_draws_its_mask_on_the_CPU_for_any_device_so_that_all_draw_alike()
    {
        using var scope = NewDisposeScope();
        using var module = new RandomDropout(0.3);
        module.train();
        manual_seed(3);
        _ = module.call(ones(100));
        using var afterCpu = Generator.Default.get_state();
        manual_seed(3);
        Assert.Equal(DeviceType.META, module.call(ones(100, device: META)).device_type);
        using var afterOther = Generator.Default.get_state();
        Assert.True(afterCpu.allclose(afterOther, 0, 0));
    }

    private static TrainingData Data() => new()
    {
        Dataset = "made",
        TrainInputs = new float[30 * 784],
        TrainLabels = new long[30],
        ValidationInputs = new float[10 * 784],
        ValidationLabels = new long[10],
        InputSize = 784,
        Channels = 1,
        Height = 28,
        Width = 28,
        Classes = 10,
        Provenance = new Dictionary<string, string>(),
    };
}
