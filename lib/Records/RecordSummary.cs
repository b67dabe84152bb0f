using System.Globalization;
using System.Text;

namespace Ndt.Records;

/// <summary>What a set of records is, as Markdown: which runs, when, on what, how long, how accurate.</summary>
public static class RecordSummary
{
    /// <summary>A section on the machine and versions, then a table per protocol with a row per cell: final accuracy per seed, seconds, peak memory. A seed that a cell was not run with shows as a dash.</summary>
    public static string Markdown(IReadOnlyList<RunMetadata> runs)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{runs.Count} runs, {Hours(runs.Sum(run => run.ElapsedSeconds))} in all.");
        text.AppendLine();
        foreach (var (title, key) in new[]
        {
            ("Finished", RunDetails.Finished), ("Processor", RunDetails.Processor), ("System", RunDetails.System), ("Device", RunDetails.Device),
            ("Threads per run", RunDetails.Threads), ("Products", RunDetails.Kernels), ("libtorch", RunDetails.LibtorchVersion), ("TorchSharp", RunDetails.TorchSharpVersion), (".NET", RunDetails.DotnetVersion), ("Ndt", RunDetails.NdtVersion),
        })
        {
            string[] values = [.. runs.Select(run => run.Details.GetValueOrDefault(key, "unknown")).Distinct().Order(StringComparer.Ordinal)];
            text.AppendLine(CultureInfo.InvariantCulture, $"- {title}: {(key == RunDetails.Finished && values.Length > 1 ? $"{values[0]} to {values[^1]}" : string.Join(", ", values))}");
        }

        foreach (var protocol in runs.GroupBy(run => run.Protocol).OrderByDescending(group => group.Count()))
        {
            var seeds = protocol.Select(run => run.Seed).Distinct().Order().ToArray();
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"## {protocol.Key}: {protocol.Count()} runs");
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"| dataset | architecture | {string.Join(" | ", seeds.Select(seed => $"accuracy, seed {seed}"))} | seconds | of these measuring | peak memory, MB |");
            text.AppendLine($"| --- | --- | {string.Join(" | ", seeds.Select(_ => "---"))} | --- | --- | --- |");
            foreach (var cell in protocol.GroupBy(run => (run.Dataset, run.Architecture)).OrderBy(group => group.Key))
            {
                var accuracies = seeds.Select(seed => cell.FirstOrDefault(run => run.Seed == seed) is { } run ? run.FinalAccuracy.ToString("F3", CultureInfo.InvariantCulture) : "–");
                text.AppendLine(CultureInfo.InvariantCulture, $"| {cell.Key.Dataset} | {cell.Key.Architecture} | {string.Join(" | ", accuracies)} | {cell.Average(run => run.ElapsedSeconds):F0} | {cell.Average(Measuring):F0} | {cell.Max(PeakMegabytes):F0} |");
            }
        }

        return text.ToString();
    }

    private static double Measuring(RunMetadata run) => Number(run, RunDetails.ProbeForwardSeconds) + Number(run, RunDetails.SpectraSeconds);

    private static double PeakMegabytes(RunMetadata run) => Number(run, RunDetails.PeakMemory) / 1e6;

    private static double Number(RunMetadata run, string key) =>
        double.TryParse(run.Details.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string Hours(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h");
}
