using Ndt.Measurement;
using static TorchSharp.torch;

namespace Ndt.Tests.Packaging.Outside;

/// <summary>Touches TorchSharp before anything of Ndt: in methods of their own, since a runtime loads what a method mentions when the method starts.</summary>
internal static class NativesFirst
{
    public static void NetworkBefore()
    {
        var (network, inputs) = Build();
        Measure(network, inputs);
    }

    public static void SeedBefore()
    {
        Seed();
        NetworkBefore();
    }

    public static void Threads()
    {
        using var start = new Barrier(4);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            NetworkBefore();
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static void Seed() => manual_seed(1);

    private static (nn.Module<Tensor, Tensor> Network, Tensor Inputs) Build() =>
        (nn.Sequential(("hidden", nn.Linear(20, 50)), ("relu", nn.ReLU()), ("out", nn.Linear(50, 2))), randn(256, 20));

    private static void Measure(nn.Module<Tensor, Tensor> network, Tensor inputs)
    {
        using var tracker = new ActivationTracker(network, inputs);
        tracker.MeasureInitialState();
        Console.WriteLine($"measured {tracker.History.Layers().Count} layers");
    }
}
