using Ndt.Analysis;

namespace Ndt.Claims.Ledger;

/// <summary>How a claim's number comes out of tallies: a sum, or a quotient of two sums, times a scale.</summary>
/// <param name="Of">What is summed above the line.</param>
/// <param name="Over">What is summed below it; null for a plain sum.</param>
/// <param name="Scale">100 for per cent.</param>
/// <param name="Family">Only runs of this family; null for all.</param>
/// <param name="Cell">Only runs of this cell; null for all.</param>
/// <param name="IsLogarithm">Whether the quotient is a mean of logarithms, and its exponential the number.</param>
public sealed record Ratio(RunCount Of, RunCount? Over = null, double Scale = 1, string? Family = null, string? Cell = null, bool IsLogarithm = false)
{
    /// <summary>Whether it is a plain sum, which grows with the number of runs.</summary>
    public bool IsTotal => Over is null;

    /// <summary>Whether it is an extreme of single runs and not a sum.</summary>
    public bool IsExtreme => Of is RunCount.SmallestMagnitude or RunCount.LargestMagnitude;

    /// <summary>Whether a run counts.</summary>
    public bool Takes(RunTally run) => (Family is null || run.Family == Family) && (Cell is null || run.Cell == Cell);

    /// <summary>The number over runs; NaN where none counts, what is below the line is 0, or an extreme is asked for and no run has one.</summary>
    public double Value(IEnumerable<RunTally> runs)
    {
        var taken = runs.Where(Takes).ToArray();
        return taken.Length == 0 ? double.NaN : Of switch
        {
            RunCount.SmallestMagnitude => taken.Select(run => run[Of]).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Min(),
            RunCount.LargestMagnitude => taken.Max(run => run[Of]),
            _ => Value(taken.Select(Part)),
        };
    }

    /// <summary>A run's part.</summary>
    internal Quotient Part(RunTally run) => new(Scale * run[Of], Over is { } over ? run[over] : 0);

    /// <summary>The number of parts.</summary>
    internal double Value(IEnumerable<Quotient> parts) =>
        Value(parts.Aggregate(new Quotient(0, 0), (sum, part) => new Quotient(sum.Numerator + part.Numerator, sum.Denominator + part.Denominator)));

    /// <summary>The number of the sum of parts.</summary>
    internal double Value(Quotient sum) => IsTotal ? sum.Numerator : IsLogarithm ? Math.Exp(Quotient.Pooled([sum])) : Quotient.Pooled([sum]);
}
