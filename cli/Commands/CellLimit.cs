using System.Globalization;

namespace Ndt.Cli.Commands;

/// <summary>The option <c>--cell-timeout</c>.</summary>
internal static class CellLimit
{
    /// <summary>What the option does.</summary>
    public const string Help = "Longest time for one cell; by default there is no limit.";

    /// <summary>The time limit; null where none is given.</summary>
    public static TimeSpan? Of(double? seconds) => seconds switch
    {
        null => null,
        > 0 and <= 1e6 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--cell-timeout is {seconds}; more than 0 and at most 1,000,000 seconds is expected")),
    };
}
