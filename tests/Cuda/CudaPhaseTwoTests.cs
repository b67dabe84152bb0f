using Ndt.Data;
using Ndt.Models;
using Ndt.PhaseTwo;

namespace Ndt.Tests.Cuda;

/// <summary>The features of phase 2 from a network on a CUDA device.</summary>
[Collection(nameof(CudaMachine))]
[Trait(CudaMachine.Trait, CudaMachine.Category)]
public sealed class CudaPhaseTwoTests
{
    [Fact]
    public void Features_and_attention_are_the_CPUs_to_float_rounding()
    {
        _ = CudaMachine.DeviceOrSkip();
        var spec = new TransformerSpec("transformer_tiny", Width: 16, Layers: 2);
        var probe = DatasetLoader.Load("mnist", seed: 0);
        var (cpu, cuda) = (NetworkFeatures.Untrained(spec, seed: 0, probe), NetworkFeatures.Untrained(spec, seed: 0, probe, device: "cuda"));
        Assert.Equal(cpu.Weights.Model.Select(tensor => tensor.Name), cuda.Weights.Model.Select(tensor => tensor.Name));
        foreach (var (left, right) in cpu.Layers.Zip(cuda.Layers))
        {
            Assert.Equal(left.Measurement.Uncentred.StableRank, right.Measurement.Uncentred.StableRank, 1e-3);
        }

        Assert.NotEmpty(cuda.Heads);
        Assert.All(cpu.Heads.Zip(cuda.Heads), pair => Assert.Equal(pair.First.Entropy, pair.Second.Entropy, 1e-3));
    }
}
