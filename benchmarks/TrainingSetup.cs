using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Torch;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Benchmarks;

/// <summary>A network in training by the study's protocol on MNIST, seed 0, one thread, as <c>ndt train</c> sets it up.</summary>
internal sealed class TrainingSetup : IDisposable
{
    /// <summary>Optimiser steps between measurements.</summary>
    public static int MeasureEvery => Protocol.Study.MeasureEvery;

    private readonly Tensor probeLabels;

    /// <summary>Builds an architecture and begins nothing yet.</summary>
    public TrainingSetup(string architecture)
    {
        TorchProcess.Prepare(threads: 1);
        var data = DatasetLoader.Load("mnist", seed: 0);
        manual_seed(0);
        Network = Models.Network.Create(ArchitectureCatalogue.Find(architecture), new InputShape(data.Channels, data.Height, data.Width, data.Classes));
        Trainer = new Trainer(Network, data, Protocol.Study, seed: 0, CPU);
        Probe = Trainer.ValidationInputs.narrow(0, 0, Protocol.Study.ProbeSize);
        probeLabels = Trainer.ValidationLabels.narrow(0, 0, Protocol.Study.ProbeSize);
    }

    /// <summary>The network.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>Its trainer.</summary>
    public Trainer Trainer { get; }

    /// <summary>The examples [160, 784] that a measurement takes.</summary>
    public Tensor Probe { get; }

    /// <summary>A tracker as a run has it.</summary>
    public ActivationTracker NewTracker() => new(Network, Probe, new TrackerOptions(MeasureEvery), probeLabels);

    /// <summary>Measures the network as it stands so many times, each as a step of its own: a history takes rising steps only.</summary>
    public static void Measure(ActivationTracker tracker, int count)
    {
        for (var i = 0; i < count; i++)
        {
            tracker.Measure(tracker.History.Points.Count);
        }
    }

    /// <summary>Steps without any measurement.</summary>
    public void Step(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Trainer.Step(report: false);
        }
    }

    /// <summary>One forward pass over the probe in evaluation mode: what no way of measuring can do without.</summary>
    public void Forward()
    {
        using var guard = no_grad();
        Network.eval();
        using var output = Network.call(Probe);
        Network.train();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Probe.Dispose();
        probeLabels.Dispose();
        Trainer.Dispose();
        Network.Dispose();
    }
}
