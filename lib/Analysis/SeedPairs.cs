using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Analysis;

/// <summary>Runs of one cell that differ in their protocol alone, seed by seed.</summary>
internal static class SeedPairs
{
    /// <summary>The runs of both sides, in order of seeds; seeds that only one side has do not count.</summary>
    public static (RunRecord Study, RunRecord Other)[] Of(IEnumerable<RunRecord> study, IEnumerable<RunRecord> others) =>
        [.. from one in study join other in others on one.Metadata.Seed equals other.Metadata.Seed orderby one.Metadata.Seed select (one, other)];

    /// <summary>A figure of both runs of each pair; pairs in which it has no value do not count.</summary>
    public static (double Study, double Other)[] Figures(IEnumerable<(RunRecord Study, RunRecord Other)> pairs, ControlFigure figure, Metric metric) =>
    [
        .. pairs.Select(pair => (Study: figure.Of(pair.Study, metric), Other: figure.Of(pair.Other, metric)))
            .Where(pair => double.IsFinite(pair.Study) && double.IsFinite(pair.Other)),
    ];
}
