using MathNet.Numerics.LinearRegression;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Statistics;
using Ndt.Training;

namespace Ndt.Analysis.Factors;

/// <summary>By how much a figure of one cell changes for each doubling of a quantity that protocols vary, such as width: the least-squares slope over log₂ of the quantity, seed by seed.</summary>
/// <param name="Cell">Architecture and dataset.</param>
/// <param name="Figure">The figure.</param>
/// <param name="PerDoubling">The mean slope over seeds, and its 95 % t interval.</param>
/// <param name="Values">The quantity's values, ascending.</param>
public sealed record FactorSlope(string Cell, ControlFigure Figure, JackknifeInterval PerDoubling, IReadOnlyList<double> Values)
{
    /// <summary>
    /// Of every cell, and every figure in turn. A seed counts where it has a run of every value that its cell has, and the figure has a value in each; cells of fewer than two values are left out.
    /// Protocols that vary something else, too, are to be left out by the caller: only the study's and those that differ from it in the quantity alone belong here.
    /// </summary>
    /// <param name="runs">Records of the study's protocol and of the variants.</param>
    /// <param name="quantity">What the protocols vary, &gt; 0: <c>protocol => protocol.Width</c>.</param>
    /// <param name="metric">A metric that all runs have.</param>
    /// <param name="figures">The figures.</param>
    /// <exception cref="InputException">A record's protocol is not known.</exception>
    public static IReadOnlyList<FactorSlope> Of(IReadOnlyList<RunRecord> runs, Func<Protocol, double> quantity, Metric metric, IReadOnlyList<ControlFigure> figures) =>
    [
        .. from cell in runs.GroupBy(run => run.Metadata.Experiment).OrderBy(cell => cell.Key, StringComparer.Ordinal)
           let placed = cell.Select(run => (Run: run, Value: quantity(Protocol.Find(run.Metadata.Protocol)))).ToArray()
           let values = placed.Select(one => one.Value).Distinct().Order().ToArray()
           where values.Length > 1
           from figure in figures
           let slopes = placed.GroupBy(one => one.Run.Metadata.Seed).OrderBy(seed => seed.Key)
               .Select(seed => seed.Select(one => (X: Math.Log2(one.Value), Y: figure.Of(one.Run, metric))).ToArray())
               .Where(points => points.DistinctBy(point => point.X).Count() == values.Length && Array.TrueForAll(points, point => double.IsFinite(point.Y)))
               .Select(points => SimpleRegression.Fit(Array.ConvertAll(points, point => point.X), Array.ConvertAll(points, point => point.Y)).B)
           select new FactorSlope(cell.Key, figure, Jackknife.OfMean([.. slopes]), values),
    ];
}
