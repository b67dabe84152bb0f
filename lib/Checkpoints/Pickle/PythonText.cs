namespace Ndt.Checkpoints.Pickle;

/// <summary>Numbers as Python prints them.</summary>
internal static class PythonText
{
    /// <summary>A float: <c>0.1</c>, <c>2.0</c>, <c>1e-05</c>, <c>nan</c>, <c>inf</c>.</summary>
    public static string Of(double value) =>
        double.IsNaN(value) ? "nan"
        : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf"
        : PythonNumber.Text(value);

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
