using System.Globalization;

namespace Ndt;

/// <summary>Doubles as Python writes them: a file that was read is written again with the same text.</summary>
internal static class PythonNumber
{
    // Python's repr: positional for decimal exponents in [−4, 16), else d.ddde±NN.
    private const int LeastPositional = -4;
    private const int FirstScientific = 16;

    /// <summary>The shortest digits that read back as <paramref name="value"/> (finite), always with a point or an exponent.</summary>
    public static string Text(double value)
    {
        // "E16" would not be the shortest; "R" is, but switches notation elsewhere: take its digits and place them anew.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mantissaAndExponent = shortest.Split('E');
        var whole = mantissaAndExponent[0].Split('.');
        var fraction = whole.Length > 1 ? whole[1] : "";
        var exponent = mantissaAndExponent.Length > 1 ? int.Parse(mantissaAndExponent[1], CultureInfo.InvariantCulture) : 0;
        var all = whole[0] + fraction;
        var digits = all.TrimStart('0');
        var power = exponent + whole[0].Length - 1 - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        if (digits.Length == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        return (value < 0 ? "-" : "") + Place(digits, power);
    }

    private static string Place(string digits, int power)
    {
        if (power is < LeastPositional or >= FirstScientific)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}");
        }

        if (power < 0)
        {
            return $"0.{new string('0', -power - 1)}{digits}";
        }

        var whole = digits.Length > power ? digits[..(power + 1)] : digits.PadRight(power + 1, '0');
        var rest = digits.Length > power + 1 ? digits[(power + 1)..] : "0";
        return $"{whole}.{rest}";
    }
}
