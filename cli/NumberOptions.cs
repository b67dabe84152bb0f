using System.CommandLine;

namespace Ndt.Cli;

/// <summary>Options that count something.</summary>
internal static class CountOption
{
    /// <summary>The option's value, at least 1. Throws <see cref="InputException"/> naming option and value.</summary>
    public static int GetCount(this ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is >= 1 and var count ? count : throw new InputException($"{option.Name} is {parsed.GetValue(option)}; expected 1 or more");
}
