using Ndt.Analysis;
using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>A claim's figure over a set of runs, with its interval and its chance level.</summary>
/// <param name="Value">The figure; NaN where no run speaks to it.</param>
/// <param name="Interval">Its 95 % BCa interval over cells (architecture and dataset); null for extremes, and for fewer than <see cref="FewestCells"/> cells.</param>
/// <param name="Percentile">The percentile interval of the same replicates.</param>
/// <param name="Chance">What chance, or the definition, gives over the same runs; NaN where there is no such level.</param>
/// <param name="Excess">Figure less chance, with its interval; null where either is missing.</param>
/// <param name="Runs">Runs that count.</param>
/// <param name="Cells">Their cells.</param>
/// <param name="BetweenSeeds">The figure's standard deviation between seeds of the same cell; NaN where no cell has two, and for sums.</param>
public sealed record LedgerFigure(
    double Value, ConfidenceInterval? Interval, ConfidenceInterval? Percentile, double Chance, ConfidenceInterval? Excess, int Runs, int Cells, double BetweenSeeds)
{
    /// <summary>An interval over fewer cells than this would be narrower than what one more cell may change.</summary>
    public const int FewestCells = 5;

    /// <summary>Nothing is known.</summary>
    public static LedgerFigure None { get; } = new(double.NaN, null, null, double.NaN, null, 0, 0, double.NaN);

    /// <summary>Of tallies of one metric.</summary>
    /// <param name="ratio">The figure; null where the claim leaves none.</param>
    /// <param name="chance">Its chance level; null where there is none.</param>
    /// <param name="tallies">The runs.</param>
    /// <param name="replicates">Resamples.</param>
    /// <param name="seed">Of the resamples.</param>
    public static LedgerFigure Of(Ratio? ratio, Ratio? chance, IReadOnlyList<RunTally> tallies, int replicates, int seed)
    {
        var runs = ratio is null ? [] : tallies.Where(ratio.Takes).ToArray();
        if (ratio is null || runs.Length == 0)
        {
            return None;
        }

        var cells = runs.GroupBy(run => run.Cell).Select(cell => cell.Select(run => new Parts(ratio.Part(run), chance?.Part(run) ?? default)).ToArray()).ToArray();
        var hasInterval = cells.Length >= FewestCells && !ratio.IsExtreme;
        var drawn = hasInterval ? ClusterBootstrap.Draw(cells, Figure, replicates, seed) : null;
        return new LedgerFigure(
            ratio.Value(runs),
            drawn?.Bca(),
            drawn?.Percentile(),
            chance?.Value(runs) ?? double.NaN,
            hasInterval && chance is not null ? ClusterBootstrap.Draw(cells, parts => Figure(parts) - chance.Value(Sum(parts, part => part.Chance)), replicates, seed).Bca() : null,
            runs.Length,
            cells.Length,
            ratio.IsTotal ? double.NaN : PooledDeviation.Of([.. cells.Select(Defined).Where(cell => cell.Length > 0)]));

        double Figure(IReadOnlyList<Parts> parts) => ratio.Value(Sum(parts, part => part.Figure));

        double[] Defined(Parts[] cell) => [.. cell.Select(part => ratio.Value(part.Figure)).Where(double.IsFinite)];
    }

    /// <summary>Of units that belong to cells, such as layers, by any function of them.</summary>
    /// <param name="units">The units.</param>
    /// <param name="cell">A unit's cell.</param>
    /// <param name="run">A unit's run.</param>
    /// <param name="figure">The figure of units.</param>
    /// <param name="chance">Its chance level; null where there is none.</param>
    /// <param name="replicates">Resamples of cells.</param>
    /// <param name="seed">Of the resamples.</param>
    public static LedgerFigure Over<T>(
        IReadOnlyList<T> units, Func<T, string> cell, Func<T, string> run, Func<IReadOnlyList<T>, double> figure, Func<IReadOnlyList<T>, double>? chance, int replicates, int seed)
    {
        if (units.Count == 0)
        {
            return None;
        }

        IReadOnlyList<T>[] cells = [.. units.GroupBy(cell).Select(one => one.ToArray())];
        var drawn = cells.Length >= FewestCells ? ClusterBootstrap.Draw(cells, figure, replicates, seed) : null;
        var excess = drawn is not null && chance is not null ? ClusterBootstrap.Draw(cells, drawn => figure(drawn) - chance(drawn), replicates, seed) : null;
        return new LedgerFigure(
            figure(units), drawn?.Bca(), drawn?.Percentile(), chance?.Invoke(units) ?? double.NaN, excess?.Bca(), units.Select(run).Distinct().Count(), cells.Length, double.NaN);
    }

    /// <summary>The same as it would be over another number of runs: for sums, which grow with it.</summary>
    public LedgerFigure Scaled(double factor) => this with
    {
        Value = Value * factor,
        Interval = Scaled(Interval, factor),
        Percentile = Scaled(Percentile, factor),
        Chance = Chance * factor,
        Excess = Scaled(Excess, factor),
    };

    private static ConfidenceInterval? Scaled(ConfidenceInterval? interval, double factor) => interval is null
        ? null
        : interval with { Estimate = interval.Estimate * factor, Low = interval.Low * factor, High = interval.High * factor };

    // A plain loop: thousands of resamples of every figure of the ledger go through it.
    private static Quotient Sum(IReadOnlyList<Parts> parts, Func<Parts, Quotient> of)
    {
        double numerator = 0, denominator = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = of(parts[i]);
            numerator += part.Numerator;
            denominator += part.Denominator;
        }

        return new Quotient(numerator, denominator);
    }

    private readonly record struct Parts(Quotient Figure, Quotient Chance);
}
