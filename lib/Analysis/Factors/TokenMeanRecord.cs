using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Analysis.Factors;

/// <summary>
/// A run's record seen otherwise: every token layer [n, t, d] by its mean over tokens [n, d], in place of the study's mean over d [n, t]. The training is the same, to the bit: a factor of measuring alone.
/// </summary>
public static class TokenMeanRecord
{
    /// <summary>What stands as the protocol of such a record.</summary>
    public const string Factor = LayerView.TokenMean;

    /// <summary>The record with each layer in <see cref="LayerView.TokenMean"/>, where it has that view, under the study's view and <see cref="Factor"/> as its protocol's name; null where no layer has it.</summary>
    public static RunRecord? Of(RunRecord record) => record.Layers.All(layer => layer.View != LayerView.TokenMean)
        ? null
        : new RunRecord(record.Metadata with { Protocol = Factor }, record.Points, [.. ViewChoice.Layers(record, LayerView.TokenMean).Select(AsStudy)]);

    private static LayerSeries AsStudy(LayerSeries layer) =>
        new(layer.Name, LayerView.Study, layer.Depth, layer.Samples, layer.Features, layer.Metrics.ToDictionary(metric => metric, metric => layer[metric]));
}
