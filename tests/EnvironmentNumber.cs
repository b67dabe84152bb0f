using System.Globalization;

namespace Ndt.Tests;

/// <summary>Whole numbers that set what the tests do.</summary>
internal static class EnvironmentNumber
{
    /// <summary>The number that an environment variable holds; null where it is not set.</summary>
    public static int? Of(string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(text) ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw new InvalidOperationException($"{variable} is '{text}'; a whole number is expected");
    }
}
