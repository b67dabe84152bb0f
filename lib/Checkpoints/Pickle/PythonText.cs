using System.Globalization;

namespace Ndt.Checkpoints.Pickle;

/// <summary>Numbers as Python prints them.</summary>
internal static class PythonText
{
    /// <summary>A float: <c>0.1</c>, <c>2.0</c>, <c>1e-05</c>, <c>nan</c>, <c>inf</c>.</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var magnitude = Math.Abs(value);
        if (magnitude is 0 or (>= 1e-4 and < 1e16))
        {
            var plain = value.ToString("0.0###################", CultureInfo.InvariantCulture);
            var shortest = value.ToString("R", CultureInfo.InvariantCulture);
            return shortest.Contains('E', StringComparison.Ordinal) ? plain : shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        return at < 0 ? text : $"{text[..at]}e{text[at + 1]}{text[(at + 2)..].PadLeft(2, '0')}";
    }

    /// <summary>A complex number: <c>(1+2j)</c>.</summary>
    public static string Of(double real, double imaginary)
    {
        var sign = double.IsNegative(imaginary) ? "" : "+";
        return $"({Short(real)}{sign}{Short(imaginary)}j)";
    }

    private static string Short(double value)
    {
        var text = Of(value);
        return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
    }
}
