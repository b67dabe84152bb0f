using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Tests.Torch;

[Collection(nameof(TorchGenerator))]
public sealed class LibtorchSettingsTests
{
    [Fact]
    public void Deterministic_algorithms_are_switched_in_libtorch_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the settings are made through libtorch's exports on Linux");
        Assert.False(LibtorchSettings.Deterministic);
        // Unpooling has no deterministic algorithm, on the CPU neither: it refuses, and works again afterwards.
        using var scope = NewDisposeScope();
        Tensor Unpool() => nn.functional.max_unpool2d(ones(1, 1, 1, 1), zeros([1, 1, 1, 1], ScalarType.Int64), [2, 2]);
        try
        {
            LibtorchSettings.Deterministic = true;
            Assert.True(LibtorchSettings.Deterministic);
            var refusal = Assert.ThrowsAny<Exception>(Unpool);
            Assert.Contains("deterministic", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            LibtorchSettings.Deterministic = false;
        }

        Assert.False(LibtorchSettings.Deterministic);
        Assert.Equal(1, Unpool().sum().item<float>());
    }

    [Fact]
    public void On_the_CPU_nothing_is_set()
    {
        TorchProcess.PrepareDevice(CPU, deterministic: true);
        Assert.False(LibtorchSettings.Deterministic);
    }
}
