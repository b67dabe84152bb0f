using System.Globalization;

namespace Ndt.Cli;

/// <summary>A length of time as progress shows it: <c>1:40</c>, <c>1:23:20</c>, and <c>25:00:00</c> for more than a day.</summary>
internal static class DurationText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(999);

    /// <summary>The text of a duration.</summary>
    public static string Of(TimeSpan duration) => duration.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours}:{duration:mm\\:ss}")
        : duration.ToString("m\\:ss", CultureInfo.InvariantCulture);

    /// <summary>The text of an estimate, which may be longer than a <see cref="TimeSpan"/> can be: cut at 999 days.</summary>
    public static string OfSeconds(double seconds) => Of(TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds)));
}
