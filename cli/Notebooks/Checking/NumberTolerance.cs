using System.Globalization;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Notebooks.Checking;

/// <summary>
/// When two lines of output say the same: their words are equal, their whole numbers too, and their other numbers are within a
/// tolerance. Not compared, since it differs from run to run and means nothing: a moment with its date and time of day, and a
/// duration behind a word that says so (took, elapsed, duration, wall time).
/// </summary>
/// <param name="Relative">The largest difference relative to the larger of two numbers.</param>
internal sealed partial record NumberTolerance(double Relative)
{
    /// <summary>What is left out, for the help.</summary>
    public const string LeftOut = "moments (2026-11-01 10:00:00) and durations behind took, elapsed, duration or wall time";

    /// <summary>From this many printed digits on, a difference of one in the last place is rounding; with fewer it may be the result. Either number may have lost zeros at its end.</summary>
    private const int DigitsThatRound = 4;

    /// <summary>The tolerance where nobody asks for another: far above the noise of sums in another order, far below what a reader would notice.</summary>
    public static NumberTolerance Default { get; } = new(1e-6);

    /// <summary>Whether two lines say the same.</summary>
    public bool AreEqual(string stored, string now)
    {
        if (stored == now)
        {
            return true;
        }

        stored = Times().Replace(stored, "$1⟨time⟩");
        now = Times().Replace(now, "$1⟨time⟩");
        var (before, after) = (Numbers().Matches(stored), Numbers().Matches(now));
        return before.Count == after.Count
            && Words(stored) == Words(now)
            && before.Zip(after).All(pair => AreEqualNumbers(pair.First.Value, pair.Second.Value));
    }

    /// <summary>Whether two printed numbers are the same: without a point or an exponent exactly, else within the tolerance or one in the last of many places.</summary>
    public bool AreEqualNumbers(string stored, string now)
    {
        if (stored == now)
        {
            return true;
        }

        return (IsFraction(stored) || IsFraction(now))
            && double.TryParse(stored, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(now, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var b)
            && (a.Equals(b) || Math.Abs(a - b) <= Relative * Math.Max(Math.Abs(a), Math.Abs(b))
                || ((IsRounded(stored) || IsRounded(now)) && Math.Abs(a - b) <= 1.000001 * Math.Min(LastPlace(stored), LastPlace(now))));
    }

    /// <summary>The text around the numbers; how much room a number takes does not count, a table's columns move with it.</summary>
    private static string Words(string line) => Space().Replace(Numbers().Replace(line, "#"), " ").Trim();

    private static bool IsFraction(string number) => number.AsSpan().IndexOfAny('.', 'e', 'E') >= 0;

    private static bool IsRounded(string number) =>
        number.Contains('.', StringComparison.Ordinal) && Mantissa(number).Where(char.IsAsciiDigit).SkipWhile(c => c == '0').Count() >= DigitsThatRound;

    private static double LastPlace(string number)
    {
        var mantissa = Mantissa(number);
        var decimals = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var exponent = number.IndexOfAny(['e', 'E']) is var e && e >= 0 && int.TryParse(number.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) ? power : 0;
        return Math.Pow(10, exponent - decimals);
    }

    private static string Mantissa(string number) => number.Split('e', 'E')[0];

    [GeneratedRegex("""(?<![\w.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w])""")]
    private static partial Regex Numbers();

    [GeneratedRegex("""\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d)?(?!\w)|(\b(?:took|elapsed|duration|wall time)\W{1,3})(?:\d+(?::\d\d){1,2}(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:ns|µs|us|ms|s|sec|seconds?|min|minutes?|h|hours?))\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Times();

    [GeneratedRegex("""[\s─]+""")]
    private static partial Regex Space();
}
