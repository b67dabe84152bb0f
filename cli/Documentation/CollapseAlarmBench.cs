using System.Globalization;
using Ndt.Analysis.Collapse;
using Ndt.Records;

namespace Ndt.Cli.Documentation;

/// <summary>What the collapse alarm does on series whose truth is known, and on the project's own runs, for its page.</summary>
internal static class CollapseAlarmBench
{
    private const int Series = 200;

    // Another than those that the rule was chosen with.
    private const int Seed = 2;

    /// <summary>The text and its table.</summary>
    public static string Of(string root)
    {
        var records = RecordFile.Find([Path.Combine(root, "data", "records", "study")]).AsParallel().AsOrdered().Select(RecordFile.Read).ToArray();
        var scores = CollapseBench.Run(Series, Seed).Append(CollapseBench.OnRecords("our own runs, every layer", records, Seed));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Made series of {CollapseBench.Length} measurements whose truth is known (the noise is of the logarithm; a collapse starts somewhere in the second quarter), and the project's own runs, of which no collapse
            is known: every alarm in them counts as false. With a measurement after each step, measurements are steps. Brackets are 95 % intervals: percentile bootstraps over the series, or the
            runs ({CollapseScore.Replicates} replicates, seed {Seed}), Wilson's for shares, and where there was no alarm for its upper end.

            {CollapseBench.Markdown(scores)}
            """).ReplaceLineEndings("\n").TrimEnd();
    }
}
