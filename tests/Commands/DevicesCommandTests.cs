using System.Text.Json;
using Ndt.Torch;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class DevicesCommandTests
{
    [Fact]
    public void The_devices_are_listed_and_a_missing_one_has_its_reason_on_one_line()
    {
        var (code, output, error) = NdtProcess.Run("devices");
        Assert.Equal((0, ""), (code, error));
        var lines = output.TrimEnd().Split('\n');
        Assert.StartsWith("cpu", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("cuda", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("build   libtorch 2.", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(TorchDevice.WhyNoCuda ?? "", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void As_JSON_it_is_one_object()
    {
        var (code, output, _) = NdtProcess.Run("devices", "--json");
        Assert.Equal(0, code);
        var cuda = JsonDocument.Parse(output).RootElement.GetProperty("cuda");
        Assert.Equal(TorchDevice.WhyNoCuda is null, cuda.GetProperty("available").GetBoolean());
        Assert.Equal(TorchDevice.WhyNoCuda, cuda.GetProperty("reason").GetString());
    }

    [Fact]
    public void Asking_for_a_CUDA_device_that_is_not_there_is_wrong_use_and_gives_the_same_reason()
    {
        Assert.SkipWhen(TorchDevice.WhyNoCuda is null, "there is a CUDA device");
        using var folder = new TemporaryFolder();
        foreach (var command in new[] { new[] { "train", "mlp_narrow", "mnist" }, ["sweep", "--datasets", "mnist", "--architectures", "mlp_narrow", "--seeds", "0"] })
        {
            var (code, output, error) = NdtProcess.Run([.. command, "--device", "cuda", "--out", folder.PathOf("out")]);
            Assert.Equal((2, ""), (code, output));
            Assert.Equal($"ndt: device cuda: not available: {TorchDevice.WhyNoCuda}; or use --device cpu\n", error);
            Assert.False(Directory.Exists(folder.PathOf("out")));
        }
    }
}
