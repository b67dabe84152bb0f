using System.Collections.Frozen;

namespace Ndt.Measurement;

/// <summary>The names that metrics have in tables, files and on the command line: <c>stable_rank</c>, <c>centred_stable_rank</c>, …</summary>
public static class MetricNames
{
    private static readonly FrozenDictionary<Metric, string> Names = Enum.GetValues<Metric>().ToFrozenDictionary(m => m, SnakeCase);
    private static readonly FrozenDictionary<string, Metric> Metrics = Names.ToFrozenDictionary(p => p.Value, p => p.Key);

    /// <summary>All names, in the order of <see cref="Metric"/>.</summary>
    public static IEnumerable<string> All => Enum.GetValues<Metric>().Select(m => Names[m]);

    /// <summary>The metrics that are measured; <see cref="Metric.RecordedStableRank"/> follows from another.</summary>
    internal static IEnumerable<Metric> Measured => Enum.GetValues<Metric>().Where(metric => metric != Metric.RecordedStableRank);

    /// <summary>Whether a metric is taken of the classes of a probe set.</summary>
    internal static bool NeedsLabels(this Metric metric) => metric is Metric.Nc1 or Metric.NearestClassMeanAccuracy;

    /// <summary>The table name of a metric.</summary>
    public static string Name(this Metric metric) => Names[metric];

    /// <summary>The metric of a table name; throws <see cref="InputException"/> naming the known ones.</summary>
    public static Metric Parse(string name) =>
        Metrics.TryGetValue(name, out var metric)
            ? metric
            : throw new InputException($"unknown metric '{name}'; known: {string.Join(", ", All)}");

    private static string SnakeCase(Metric metric) =>
        string.Concat(metric.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"))
            .Replace("rank90", "rank_90", StringComparison.Ordinal);
}
