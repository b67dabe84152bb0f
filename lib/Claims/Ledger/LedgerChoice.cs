using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>Another choice that a claim's verdict could have rested on (a matching, a window, a start, a metric, a set of cells), and what it gives.</summary>
/// <param name="Choice">The choice, in words.</param>
/// <param name="Value">The figure by it.</param>
/// <param name="Interval">Its interval; null where there is none.</param>
/// <param name="Chance">What chance gives by it; NaN where there is no such level.</param>
/// <param name="Verdict">What the verdict would be by it; null where it is shown for its number alone.</param>
public sealed record LedgerChoice(string Choice, double Value, ConfidenceInterval? Interval = null, double Chance = double.NaN, Verdict? Verdict = null);
