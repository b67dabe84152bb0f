using Ndt.Data;
using Ndt.Models;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Cli.Sweeps;

/// <summary>How long a run takes beside others, so that a sweep can start the longest first and tell the time left.</summary>
internal static class RunCost
{
    // Milliseconds of five steps and one measurement per unit of size, and at least; from runs of the study's architectures on one
    // core. Only ratios matter.
    private const double PerMillionWeightUses = 0.9;
    private const double Least = 1.2;

    /// <summary>A relative cost.</summary>
    public static double Of(RunSpec spec)
    {
        var millions = spec.Network switch
        {
            MlpSpec mlp => MlpUses(mlp, DatasetCatalogue.Get(spec.Dataset).InputSize),
            CnnSpec cnn => CnnUses(cnn),
            TransformerSpec t => 12.0 * t.Width * t.Width * t.Layers * (spec.Dataset == "ag_news" ? 20 : 16),
            _ => 0,
        } / 1e6;
        return (Least + (PerMillionWeightUses * 10 * millions * spec.Protocol.BatchSize / Protocol.Study.BatchSize)) * spec.Protocol.Steps;
    }

    private static double MlpUses(MlpSpec mlp, int inputs)
    {
        var sizes = mlp.Hidden.Prepend(inputs).ToArray();
        return sizes.Zip(sizes.Skip(1), (a, b) => (double)a * b).Sum();
    }

    private static double CnnUses(CnnSpec cnn)
    {
        var channels = cnn.Channels.Prepend(1).ToArray();
        return channels.Zip(channels.Skip(1)).Select((pair, i) => 9.0 * pair.First * pair.Second * (28 >> i) * (28 >> i)).Sum();
    }
}
