using Ndt.Checkpoints;
using Ndt.Similarity;

namespace Ndt.PhaseTwo;

/// <summary>What happened to one layer's weights between two states of a run.</summary>
/// <param name="Layer">The weight's name.</param>
/// <param name="Share">The layer's share of all weights (matrices and filters, without biases and norms), 0 to 1.</param>
/// <param name="From">Updates done before.</param>
/// <param name="To">Updates done after.</param>
/// <param name="MeanCosine">The mean over units of each one's cosine with itself: the study's filter similarity.</param>
/// <param name="Cosine">The cosine of the whole layer.</param>
/// <param name="MatchedCosine">The mean cosine after the best matching of units; above <paramref name="MeanCosine"/> where units changed places.</param>
/// <param name="Growth">‖after‖ / ‖before‖ − 1, of Frobenius norms.</param>
public readonly record struct WeightComparison(string Layer, double Share, int From, int To, double MeanCosine, double Cosine, double MatchedCosine, double Growth)
{
    /// <summary>Compares every weight of two or more dimensions, in the state dict's order. NaN where a layer is zero or not finite.</summary>
    /// <exception cref="InputException">The later state lacks a layer or has it in another shape.</exception>
    public static IReadOnlyList<WeightComparison> Of(Checkpoint before, int from, Checkpoint after, int to)
    {
        var weights = before.Model.Where(IsWeight).ToArray();
        double total = weights.Sum(weight => (long)weight.Elements);
        return [.. weights.Select(weight =>
        {
            var other = after.Tensor(weight.Name);
            if (!other.Shape.SequenceEqual(weight.Shape))
            {
                throw new InputException($"tensor '{weight.Name}' is [{string.Join(", ", weight.Shape)}] after {from} updates and [{string.Join(", ", other.Shape)}] after {to}; states of one network are expected");
            }

            var (a, b) = (Matrix.FromUnits(weight), Matrix.FromUnits(other));
            return new WeightComparison(
                weight.Name, weight.Elements / total, from, to,
                CosineSimilarity.MeanOverUnits(a, b), CosineSimilarity.Flattened(a, b), CosineSimilarity.Match(a, b), (Norm(b) / Norm(a)) - 1);
        })];
    }

    private static bool IsWeight(NamedTensor tensor) => tensor.Shape.Length >= 2 && tensor.Name.EndsWith("weight", StringComparison.Ordinal);

    private static double Norm(Matrix weights) => System.Numerics.Tensors.TensorPrimitives.Norm(weights.Values);
}
