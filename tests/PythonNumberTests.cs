using System.Globalization;

namespace Ndt.Tests;

public sealed class PythonNumberTests
{
    // Right-hand sides: repr() of CPython 3.11.
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(100.0, "100.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000012345, "1.2345e-05")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(0.9999999999997404, "0.9999999999997404")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    public void A_double_is_written_as_Python_writes_it(double value, string text)
    {
        Assert.Equal(text, PythonNumber.Text(value));
        Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
    }
}
