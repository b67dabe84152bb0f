using Ndt.Analysis;
using Ndt.Measurement;

namespace Ndt.Figures.Reassessment;

/// <summary>Layers of our records whose changes tie because too few bits of them were kept: what counts changes above a quantile counts too few of them.</summary>
public static class TiedLayers
{
    /// <summary>How many, and in which runs.</summary>
    public static string Of(ReassessmentSet set)
    {
        var runs = set.Analyses.Where(run => run.Metric == Metric.StableRank).ToArray();
        var expected = runs[0].Steps.Length - 1 - (int)Math.Floor((runs[0].Steps.Length - 2) * AnalysisParameters.Study.CriticalQuantile) - 1;
        var tied = runs.Select(run => (run.Experiment, Layers: run.Layers.Where(layer => layer.CriticalSteps.Length < expected).Select(layer => layer.Layer).ToArray())).Where(run => run.Layers.Length > 0).ToArray();
        return $"**{Words.Count(tied.Sum(run => run.Layers.Length), "layer")} of {runs.Sum(run => run.Layers.Count):#,0} have ties**: fewer than {expected} of their changes lie above their own 90th percentile. Our records keep 20 significant bits of a figure; where a layer has collapsed to one direction its changes are smaller than that. "
            + $"They are marked here and counted as they are; ties move the mean coordination by what its row shows. Records made from now on keep {MeasurementHistory.SignificantBits} bits, with which these ties end.\n\n"
            + string.Join('\n', tied.Select(run => $"- `{run.Experiment}`: {string.Join(", ", run.Layers)}"));
    }
}
