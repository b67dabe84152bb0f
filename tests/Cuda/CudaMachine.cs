using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Tests.Cuda;

/// <summary>
/// The collection of tests that need a CUDA device: they are the category Cuda, run one at a time (the random generator and the
/// device's memory are the whole process's), and are skipped with the reason that <c>ndt devices</c> gives where there is none.
/// </summary>
[CollectionDefinition(nameof(CudaMachine), DisableParallelization = true)]
public sealed class CudaMachine
{
    /// <summary>The trait's name and value.</summary>
    public const string Trait = "Category";

    /// <summary>The trait's value.</summary>
    public const string Category = "Cuda";

    /// <summary>The device, or the end of the test.</summary>
    public static Device DeviceOrSkip()
    {
        var reason = TorchDevice.WhyNoCuda;
        Assert.SkipWhen(reason is not null, $"no CUDA device: {reason}");
        return TorchDevice.Find("cuda");
    }
}
