using Ndt.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Benchmarks;

/// <summary>
/// Measures all layers as the study did (study, §1), with TorchSharp: hooks put on and taken off, five forward passes of 32
/// examples, and for each layer two norms and three singular value decompositions with vectors, in single precision. Both norms
/// are the Frobenius norm, as the study's were by mistake (defect A); a real spectral norm would cost one more decomposition.
/// </summary>
internal static class StudyMeasurement
{
    private const int BatchSize = 32;

    /// <summary>The study's four figures of each layer, of a probe [160, …].</summary>
    public static IReadOnlyDictionary<string, StudyFigures> Of(nn.Module<Tensor, Tensor> network, Tensor probe)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        network.eval();
        var layers = Activations(network, probe);
        network.train();
        return layers.ToDictionary(layer => layer.Key, layer => Figures(Joined(layer.Value)));
    }

    private static Dictionary<string, List<Tensor>> Activations(nn.Module<Tensor, Tensor> network, Tensor probe)
    {
        var layers = new Dictionary<string, List<Tensor>>();
        var removers = new List<Action>();
        foreach (var (name, module) in network.named_modules())
        {
            if (module is Linear or LinearLayer or Conv2d && !name.EndsWith("out_proj", StringComparison.Ordinal))
            {
                layers[name] = [];
                removers.Add(((nn.Module<Tensor, Tensor>)module).register_forward_hook((_, _, output) =>
                {
                    layers[name].Add(Matrix(output).DetachFromDisposeScope()); // a network's own scopes end before the matrix is wanted
                    return output;
                }).remove);
            }
        }

        for (long first = 0; first < probe.shape[0]; first += BatchSize)
        {
            network.call(probe.narrow(0, first, BatchSize));
        }

        removers.ForEach(remove => remove());
        return layers;
    }

    // The mean over all dimensions from the third on.
    private static Tensor Matrix(Tensor output) =>
        output.dim() > 2 ? output.reshape(output.shape[0], output.shape[1], -1).mean([2L]) : output.detach();

    private static Tensor Joined(List<Tensor> batches)
    {
        var matrix = cat(batches);
        batches.ForEach(batch => batch.Dispose());
        return matrix;
    }

    private static StudyFigures Figures(Tensor matrix) =>
        new(RecordedStableRank(matrix), ParticipationRatio(matrix), EffectiveRank90(matrix), NuclearNormRatio(matrix));

    private static double RecordedStableRank(Tensor matrix) =>
        Math.Pow(matrix.norm().item<float>(), 2) / (Math.Pow(matrix.norm().item<float>(), 2) + 1e-10);

    private static double ParticipationRatio(Tensor matrix)
    {
        var values = SingularValues(matrix);
        return Math.Pow(values.sum().item<float>(), 2) / values.pow(2).sum().item<float>();
    }

    private static double EffectiveRank90(Tensor matrix)
    {
        var energy = SingularValues(matrix).pow(2);
        return (energy.cumsum(0) / energy.sum()).lt(0.9).sum().item<long>() + 1;
    }

    private static double NuclearNormRatio(Tensor matrix)
    {
        var values = SingularValues(matrix);
        return values.sum().item<float>() / values[0].item<float>();
    }

    private static Tensor SingularValues(Tensor matrix) => linalg.svd(matrix, fullMatrices: false).S;
}

/// <summary>What the study recorded of a layer.</summary>
internal readonly record struct StudyFigures(double RecordedStableRank, double ParticipationRatio, double EffectiveRank90, double NuclearNormRatio);
