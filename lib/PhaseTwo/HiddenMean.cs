namespace Ndt.PhaseTwo;

/// <summary>The mean over hidden layers, of another choice of layers than all.</summary>
public static class HiddenMean
{
    /// <summary>What the names of the layers inside attention hold.</summary>
    private const string Attention = "self_attn";

    /// <summary>
    /// The comparisons' means over the hidden layers that are no projections inside attention, as <see cref="SimilarityValue.HiddenLayers"/>, so that <c>PhaseTwoVerdict</c> can be
    /// asked of them. Architectures without attention keep the mean that they have, up to rounding.
    /// </summary>
    /// <param name="values">Comparisons, layer by layer.</param>
    public static IReadOnlyList<SimilarityValue> WithoutAttention(IEnumerable<SimilarityValue> values)
    {
        var layers = values.Where(value => value.Layer != SimilarityValue.HiddenLayers).ToArray();
        var output = layers.GroupBy(value => value.Architecture).ToDictionary(group => group.Key, group => group.Max(value => value.Depth));
        return
        [
            .. layers
                .Where(value => value.Depth < output[value.Architecture] && !value.Layer.Contains(Attention, StringComparison.Ordinal))
                .GroupBy(value => value with { Layer = SimilarityValue.HiddenLayers, Depth = -1, Similarity = 0 })
                .Select(group => group.Key with { Similarity = group.Average(value => value.Similarity) }),
        ];
    }
}
