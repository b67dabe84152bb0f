using System.Globalization;
using Ndt.Records;

namespace Ndt.Runs;

/// <summary>Where a run that was made, or begun, is another than the one that is wanted now.</summary>
/// <param name="Name">What differs, by the name that the command line gives it.</param>
/// <param name="Before">What it was.</param>
/// <param name="Now">What it is now.</param>
internal sealed record RunDifference(string Name, string Before, string Now)
{
    /// <summary>Where a record's run differs from a run that is to be made; empty where it is the same. Threads, device and data are not looked at.</summary>
    public static IReadOnlyList<RunDifference> Between(RunMetadata before, RunSpec now) =>
    [
        .. Unequal("architecture", before.Architecture, now.Architecture.Name),
        .. Unequal("dataset", before.Dataset, now.Dataset),
        .. Unequal("seed", before.Seed, (int?)now.Seed),
        .. Unequal("protocol", before.Protocol, now.Protocol.Name),
        .. Unequal("steps", before.Steps, now.Protocol.Steps),
        .. Unequal("measure-every", before.MeasureEvery, now.Protocol.MeasureEvery),
    ];

    /// <summary>The difference of two values; nothing where they are equal.</summary>
    public static IEnumerable<RunDifference> Unequal<T>(string name, T before, T now) =>
        EqualityComparer<T>.Default.Equals(before, now) ? [] : [new(name, Text(before), Text(now))];

    /// <summary>Differences in one sentence.</summary>
    public static string Say(IEnumerable<RunDifference> differences) => string.Join(", ", differences);

    /// <summary><c>steps was 2000 and is 500 now</c>.</summary>
    public override string ToString() => $"{Name} was {Before} and is {Now} now";

    private static string Text<T>(T value) => value switch
    {
        null => "unknown",
        bool flag => flag ? "true" : "false",
        _ => Printable.Line(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };
}
