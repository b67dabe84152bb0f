using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;

namespace Ndt.Analysis.Factors;

/// <summary>
/// What one factor of training or measuring does to a figure of one cell, with everything else as in the study: the same architecture, data block and seeds. Exploratory: many factors, few seeds.
/// Intervals are 95 % t intervals over seeds, the difference paired by seed; they hold for this cell, not for others.
/// </summary>
/// <param name="Cell">Architecture and dataset.</param>
/// <param name="Factor">The variant's protocol: <c>batch_8</c>; <see cref="TokenMeanRecord.Factor"/> for that view.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Study">With the study's protocol.</param>
/// <param name="Varied">With the variant's.</param>
/// <param name="Difference">Variant less study, seed by seed: the effect.</param>
/// <param name="StudyAccuracy">Mean validation accuracy with the study's protocol; NaN where it is not known.</param>
/// <param name="VariedAccuracy">With the variant's: whether it learns as well, since a figure of networks that learn less answers another question.</param>
public sealed record FactorEffect(
    string Cell, string Factor, ControlFigure Figure, JackknifeInterval Study, JackknifeInterval Varied, JackknifeInterval Difference, double StudyAccuracy, double VariedAccuracy)
{
    /// <summary>
    /// Of every cell and variant that has runs of both, in order of cells and, in each, as the variants come; figures innermost. Seeds that only one of the two has, or in which a figure has no value,
    /// do not count; with one left there is a difference without an interval (its ends are NaN), with none all is NaN.
    /// </summary>
    /// <param name="study">Records of the study's protocol; those of other cells may be among them.</param>
    /// <param name="variants">Records of the variants.</param>
    /// <param name="metric">A metric that all of them have.</param>
    /// <param name="figures">The figures.</param>
    /// <exception cref="InputException">A variant's run has another length or interval of measurements than the study's: the share of what comes first would be one of something else.</exception>
    public static IReadOnlyList<FactorEffect> Of(IReadOnlyList<RunRecord> study, IReadOnlyList<RunRecord> variants, Metric metric, IReadOnlyList<ControlFigure> figures)
    {
        var own = study.ToLookup(record => record.Metadata.Experiment);
        return
        [
            .. from cell in variants.GroupBy(record => record.Metadata.Experiment).OrderBy(cell => cell.Key, StringComparer.Ordinal)
               where own.Contains(cell.Key)
               from factor in cell.GroupBy(record => record.Metadata.Protocol)
               let pairs = Pairs(own[cell.Key], factor)
               from figure in figures
               select Of(cell.Key, factor.Key, pairs, metric, figure),
        ];
    }

    private static (RunRecord Study, RunRecord Other)[] Pairs(IEnumerable<RunRecord> study, IEnumerable<RunRecord> varied)
    {
        var pairs = SeedPairs.Of(study, varied);
        foreach (var (one, other) in pairs)
        {
            if ((one.Metadata.Steps, one.Metadata.MeasureEvery) != (other.Metadata.Steps, other.Metadata.MeasureEvery))
            {
                throw new InputException(
                    $"{ExperimentName.Of(other.Metadata)}: {other.Metadata.Steps} steps measured every {other.Metadata.MeasureEvery}; the study's run has {one.Metadata.Steps} and {one.Metadata.MeasureEvery}, and the two are to be compared");
            }
        }

        return pairs;
    }

    private static FactorEffect Of(string cell, string factor, (RunRecord Study, RunRecord Other)[] pairs, Metric metric, ControlFigure figure)
    {
        var values = SeedPairs.Figures(pairs, figure, metric);
        return new FactorEffect(
            cell,
            factor,
            figure,
            Jackknife.OfMean(Array.ConvertAll(values, pair => pair.Study)),
            Jackknife.OfMean(Array.ConvertAll(values, pair => pair.Other)),
            Jackknife.OfMean(Array.ConvertAll(values, pair => pair.Other - pair.Study)),
            Accuracy(pairs.Select(pair => pair.Study)),
            Accuracy(pairs.Select(pair => pair.Other)));
    }

    private static double Accuracy(IEnumerable<RunRecord> runs) => runs.Select(run => run.Metadata.FinalAccuracy).DefaultIfEmpty(double.NaN).Average();
}
