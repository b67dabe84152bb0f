using System.CommandLine;
using System.Globalization;

namespace Ndt.Cli;

/// <summary>Values of options that are numbers within bounds. Each throws <see cref="InputException"/> naming option and value.</summary>
internal static class NumberOptions
{
    /// <summary>A count, at least 1.</summary>
    public static int GetCount(this ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is >= 1 and var count ? count : throw new InputException($"{option.Name} is {parsed.GetValue(option)}; expected 1 or more");

    /// <summary>A relative difference, from 0 to below 1.</summary>
    public static double GetTolerance(this ParseResult parsed, Option<double> option) =>
        parsed.GetValue(option) is >= 0 and < 1 and var tolerance
            ? tolerance
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {parsed.GetValue(option)}; 0 or more and below 1 is expected"));
}
