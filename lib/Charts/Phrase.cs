using System.Globalization;
using Ndt.Claims;
using Ndt.Statistics;

namespace Ndt.Charts;

/// <summary>Numbers of any size, and of claims, as tables and sentences have them; <see cref="Words"/> has those of one format.</summary>
public static class Phrase
{
    /// <summary>Two to four digits, by size; whole numbers below 100,000 in full, and from 1,000 on others to the unit. Without an exponent where that is readable. A dash for NaN.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        double.NaN => "–",
        double.PositiveInfinity => value > 0 ? "∞" : "−∞",
        var whole and < 1e5 when whole == Math.Round(whole) => value.ToString("#,0;−#,0", CultureInfo.InvariantCulture),
        >= 1e5 or < 1e-3 => value.ToString("0.0e+0", CultureInfo.InvariantCulture).Replace("e+0", "", StringComparison.Ordinal).Replace('-', '−'),
        >= 1000 => value.ToString("#,0;−#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0;−0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###;−0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>A number and its interval: <c>32.0 [29.8, 34.1]</c>; without one where there is none.</summary>
    public static string Number(double value, ConfidenceInterval? interval) =>
        interval is null || double.IsNaN(interval.Low) || double.IsNaN(interval.High) ? Number(value) : $"{Number(value)} [{Number(interval.Low)}, {Number(interval.High)}]";

    /// <summary>A claim's number, to as many decimals as it was published with, or one more.</summary>
    public static string Number(Claim claim, double value, int more = 0) => double.IsNaN(value) || claim.Compare == ClaimComparison.Order
        ? Number(value)
        : value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{claim.Digits + more}"), CultureInfo.InvariantCulture);

    /// <summary>A claim's number with its interval.</summary>
    public static string Number(Claim claim, double value, ConfidenceInterval? interval, int more = 0) =>
        interval is null || double.IsNaN(interval.Low) || double.IsNaN(interval.High)
            ? Number(claim, value, more)
            : $"{Number(claim, value, more)} [{Number(claim, interval.Low, more)}, {Number(claim, interval.High, more)}]";

    /// <summary>A difference of two shares in percentage points.</summary>
    public static string Points(double difference) => double.IsNaN(difference) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * difference:+0.0;−0.0;0.0}");

    /// <summary>A p-value, or "≤" its floor where it lies there.</summary>
    public static string P(NullComparison test) => double.IsNaN(test.PValue) ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{(test.PValue <= test.PFloor ? "≤ " : "")}{test.PValue:0.####}");

    /// <summary>A Markdown table: cells hold no bars.</summary>
    public static string Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Join('\n', [Line(header), Line([.. header.Select(_ => "---")]), .. rows.Select(Line)]);

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
