using Ndt.Analysis;

namespace Ndt.Charts.PhaseOne;

/// <summary>What was read, in words: Markdown.</summary>
public static class RecordText
{
    /// <summary>How many records were read; those left out are named with the reason.</summary>
    public static string Loaded(RecordSet records)
    {
        var read = $"Read {Words.Count(records.Runs.Count, "record")}.";
        return records.Refused.Count == 0
            ? read
            : $"{read} **{Words.Count(records.Refused.Count, "record")} left out:**\n\n{string.Join('\n', records.Refused.Select(record => $"- `{Path.GetFileName(record.File)}`: {record.Reason[(record.Reason.IndexOf(": ", StringComparison.Ordinal) + 2)..]}"))}";
    }
}
