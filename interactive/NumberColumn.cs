using System.Globalization;

namespace Ndt.Interactive;

/// <summary>
/// Digits for a column of numbers: one number of decimals for all, so that they can be compared down the column, four
/// significant digits for the largest of them, none that is zero everywhere. A value too small for those decimals, and
/// columns of very large or very small numbers, are written with a power of ten.
/// </summary>
internal static class NumberColumn
{
    private const int SignificantDigits = 4;
    private const int MostDecimals = 6;

    /// <summary>One text per value; null gives an empty one.</summary>
    public static IReadOnlyList<string> Format(IReadOnlyList<double?> values)
    {
        var finite = values.OfType<double>().Where(double.IsFinite).ToArray();
        var largest = finite.Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (largest >= 1e15 || (largest is > 0 and < 1e-4))
        {
            return [.. values.Select(v => Text(v, x => x == 0 ? "0" : Scientific(x)))];
        }

        var decimals = Decimals(finite, largest);
        return [.. values.Select(v => Text(v, x => Fixed(x, decimals)))];
    }

    private static int Decimals(double[] finite, double largest)
    {
        if (finite.All(double.IsInteger))
        {
            return 0;
        }

        var order = (int)Math.Floor(Math.Log10(largest));
        var decimals = Math.Clamp(SignificantDigits - 1 - order, 0, MostDecimals);
        while (decimals > 0 && finite.All(x => Math.Abs(x - Math.Round(x, decimals - 1)) < 1e-12 * largest))
        {
            decimals--;
        }

        return decimals;
    }

    private static string Fixed(double x, int decimals)
    {
        // Fewer than two digits would be left of it.
        if (x != 0 && Math.Abs(x) < 10 * Math.Pow(10, -decimals) && Math.Abs(x - Math.Round(x, decimals)) > 0.005 * Math.Abs(x))
        {
            return Math.Abs(x) >= 0.1 ? x.ToString("0.###", CultureInfo.InvariantCulture) : Scientific(x);
        }

        return x.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Scientific(double x) => x.ToString("0.0##e+00", CultureInfo.InvariantCulture);

    private static string Text(double? value, Func<double, string> finite) => value switch
    {
        null => "",
        { } x when double.IsFinite(x) => finite(x),
        { } x when double.IsNaN(x) => "NaN",
        { } x => x > 0 ? "∞" : "−∞",
    };
}
