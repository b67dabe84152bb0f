using System.Globalization;
using System.Text.RegularExpressions;
using Ndt.Analysis;
using Ndt.Statistics;

namespace Ndt.Charts;

/// <summary>Numbers as a sentence or a figure's note has them, for the library's figures and for the cells of notebooks.</summary>
public static partial class Words
{
    /// <summary>A share as per cent with one decimal; a dash where there is none.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>A share with its interval: <c>32.0 % [29.8, 34.1]</c>.</summary>
    public static string Percent(Estimate estimate) => double.IsNaN(estimate.Low)
        ? Percent(estimate.Value)
        : string.Create(CultureInfo.InvariantCulture, $"{100 * estimate.Value:0.0} % [{100 * estimate.Low:0.0}, {100 * estimate.High:0.0}]");

    /// <summary>A share with its interval, where it has one.</summary>
    public static string Percent(ConfidenceInterval share) => Percent(Of(share));

    /// <summary>A difference of two shares in percentage points, with its sign and interval.</summary>
    public static string Points(Estimate estimate)
    {
        static string Text(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:+0.0;−0.0;0.0}");
        return double.IsNaN(estimate.Value) ? "–" : double.IsNaN(estimate.Low)
            ? $"{Text(estimate.Value)} points"
            : $"{Text(estimate.Value)} points [{Text(estimate.Low)}, {Text(estimate.High)}]";
    }

    /// <summary>A difference of two shares with its interval, where it has one.</summary>
    public static string Points(ConfidenceInterval difference) => Points(Of(difference));

    /// <summary>Two decimals; a dash for NaN.</summary>
    public static string TwoDecimals(double value) => double.IsNaN(value) ? "–" : (Math.Round(value, 2) + 0.0).ToString("0.00;−0.00", CultureInfo.InvariantCulture);

    /// <summary>Two decimals, with its interval.</summary>
    public static string TwoDecimals(Estimate estimate) => double.IsNaN(estimate.Low) ? TwoDecimals(estimate.Value) : $"{TwoDecimals(estimate.Value)} [{TwoDecimals(estimate.Low)}, {TwoDecimals(estimate.High)}]";

    /// <summary>One decimal; a dash for NaN.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.0;−0.0", CultureInfo.InvariantCulture);

    /// <summary>One decimal, with its interval.</summary>
    public static string Number(Estimate estimate) => double.IsNaN(estimate.Low) ? Number(estimate.Value) : $"{Number(estimate.Value)} [{Number(estimate.Low)}, {Number(estimate.High)}]";

    /// <summary>Four significant digits, or one decimal from 1,000 to 1e9; a dash for NaN.</summary>
    public static string General(double value) => double.IsNaN(value) ? "–" : value.ToString(Math.Abs(value) is >= 1000 and < 1e9 ? "0.#" : "G4", CultureInfo.InvariantCulture);

    /// <summary>The text with spaces that do not break within an interval or before its unit: a column, a figure or a screen may be narrow.</summary>
    public static string Unbroken(string text) => WithinNumber().Replace(text, "\u00a0");

    /// <summary>A count and what is counted: <c>1 run</c>, <c>2,991 events</c>.</summary>
    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>What runs a figure is made of: <c>41 runs (15 MLP, …; 3 datasets; 1 seed)</c>.</summary>
    public static string Data(IReadOnlyList<StudiedRun> runs)
    {
        var families = RunGroup.ByFamily(runs).Select(family => string.Create(CultureInfo.InvariantCulture, $"{family.Runs.Count} {family.Name}"));
        var datasets = runs.Select(run => run.Run.Dataset).Distinct().Count();
        return $"{Count(runs.Count, "run")} ({string.Join(", ", families)}; {Count(datasets, "dataset")}; {Seeds(runs)})";
    }

    /// <summary>How intervals come about, or that there are none.</summary>
    public static string Interval(IReadOnlyList<StudiedRun> runs)
    {
        var cells = runs.Select(run => run.Run.Experiment).Distinct().Count();
        return cells < Estimate.FewestCells
            ? string.Create(CultureInfo.InvariantCulture, $"no intervals: fewer than {Estimate.FewestCells} cells")
            : string.Create(CultureInfo.InvariantCulture, $"95 % BCa intervals over {cells} cells (architecture × dataset; seed {Estimate.Seed})");
    }

    private static Estimate Of(ConfidenceInterval interval) => new(interval.Estimate, interval.Low, interval.High, interval.Units, interval.Clusters);

    private static string Seeds(IReadOnlyList<StudiedRun> runs)
    {
        var seeds = runs.Select(run => run.Run.Seed).Distinct().ToArray();
        return seeds is [null] ? "no seed recorded" : Count(seeds.Length, "seed");
    }

    // The space after the comma of [1.2, 3.4], that before a sign of per cent, and that after a sign of at most.
    [GeneratedRegex(@"(?<=\[[^\[\]]{0,20},) (?=[^\[\]]{0,20}\])|(?<=[0-9]) (?=%)|(?<=[≤≥]) (?=[0-9])")]
    private static partial Regex WithinNumber();
}
