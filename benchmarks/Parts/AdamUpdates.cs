using BenchmarkDotNet.Attributes;
using Ndt.Models;
using Ndt.Torch;
using Ndt.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Benchmarks.Parts;

/// <summary>One Adam update of all of a network's parameters from gradients that are there, and letting go of the gradients.</summary>
public class AdamUpdates : IDisposable
{
    private readonly List<IDisposable> made = [];
    private (Parameter Parameter, Tensor Gradient)[] flatGradients = [];
    private (Parameter Parameter, Tensor Gradient)[] torchGradients = [];
    private FlatAdam flat = null!;
    private optim.Optimizer torch = null!;

    /// <summary>Whose parameters: few and small, few and large, many.</summary>
    [Params("mlp_narrow", "mlp_verywide", "transformer_deep")]
    public string Architecture { get; set; } = "";

    /// <summary>Two equal networks with equal gradients.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        TorchProcess.Prepare(threads: 1);
        (var network, flatGradients) = Make();
        flat = new FlatAdam(network, AdamOptions.Default);
        (network, torchGradients) = Make();
        torch = optim.Adam(network.parameters());
        made.AddRange([flat, torch]);
    }

    /// <summary>Lets the networks go.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        made.ForEach(item => item.Dispose());
        made.Clear();
        GC.SuppressFinalize(this);
    }

    /// <summary>What Ndt does.</summary>
    [Benchmark(Description = "FlatAdam")]
    public void FlatAdam()
    {
        Give(flatGradients);
        flat.Update();
    }

    /// <summary>libtorch's.</summary>
    [Benchmark(Description = "Adam, TorchSharp")]
    public void TorchAdam()
    {
        Give(torchGradients);
        torch.step();
        torch.zero_grad();
    }

    private static void Give((Parameter Parameter, Tensor Gradient)[] gradients)
    {
        foreach (var (parameter, gradient) in gradients)
        {
            parameter.grad = gradient;
        }
    }

    private (nn.Module<Tensor, Tensor> Network, (Parameter Parameter, Tensor Gradient)[] Gradients) Make()
    {
        manual_seed(0);
        var network = Network.Create(ArchitectureCatalogue.Find(Architecture), InputShape.Mnist);
        made.Add(network);
        return (network, [.. network.parameters().Select(p => (p, randn_like(p).detach()))]);
    }
}
