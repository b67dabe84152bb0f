using Ndt.Analysis;
using Ndt.Claims.Later;
using Ndt.Measurement;
using Ndt.PhaseTwo;
using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Claims.Ledger;

/// <summary>Everything that notebook 04 is made of: what was kept of the study, our records, and the controls.</summary>
public sealed class ReassessmentSet
{
    /// <summary>The folder, beside the records, of the runs of the earlier article's network.</summary>
    public const string ArticleFolder = "article";

    /// <summary>The folder, beside the records, of the long runs, in a folder for each protocol.</summary>
    public const string HorizonFolder = "horizon";

    private readonly Dictionary<Metric, IReadOnlyList<RunSeries>> series = [];

    private ReassessmentSet(StudySummary study, IReadOnlyList<RunRecord> records, IReadOnlyList<ControlRuns> controls, IReadOnlyList<RunRecord> article, IReadOnlyList<RunRecord> longRuns, OurPhaseTwo? phaseTwo)
    {
        Study = study;
        Records = records;
        Controls = controls;
        Analyses = [.. records.AsParallel().AsOrdered().SelectMany(record => new[] { Metric.RecordedStableRank, Metric.StableRank }.Select(metric => RunAnalysis.Analyse(record, metric)))];
        Tallies = RunTally.Of(Analyses);
        Evidence = new LedgerEvidence { Transitions = [.. records.AsParallel().AsOrdered().SelectMany(LayerTransitions.Of)], Article = article, LongRuns = longRuns, PhaseTwo = phaseTwo };
    }

    /// <summary>What was kept of the study.</summary>
    public StudySummary Study { get; }

    /// <summary>Our records.</summary>
    public IReadOnlyList<RunRecord> Records { get; }

    /// <summary>The controls, found or not.</summary>
    public IReadOnlyList<ControlRuns> Controls { get; }

    /// <summary>Our records analysed, for the recorded and the recovered stable rank.</summary>
    public IReadOnlyList<ExperimentAnalysis> Analyses { get; }

    /// <summary>The same as tallies.</summary>
    public IReadOnlyList<RunTally> Tallies { get; }

    /// <summary>What the ledger rests on beside the tallies, but for the nulls, which the notebook adds.</summary>
    public LedgerEvidence Evidence { get; }

    /// <summary>One run of every cell, that with the lowest seed: for what takes long, and for what counts runs as independent witnesses.</summary>
    public IReadOnlyList<RunRecord> OneSeed => [.. Records.GroupBy(record => record.Metadata.Experiment).Select(cell => cell.MinBy(record => record.Metadata.Seed)!)];

    /// <summary>The series of one metric of <see cref="OneSeed"/>.</summary>
    public IReadOnlyList<RunSeries> OneSeedRuns(Metric metric) => [.. OneSeed.Select(record => RunSeries.Of(record, metric))];

    /// <summary>Our runs' series of one metric.</summary>
    public IReadOnlyList<RunSeries> Runs(Metric metric)
    {
        if (!series.TryGetValue(metric, out var runs))
        {
            series[metric] = runs = [.. Records.Select(record => RunSeries.Of(record, metric))];
        }

        return runs;
    }

    /// <summary>Reads everything.</summary>
    /// <param name="records">A folder of records; its sister folders <c>zero_learning_rate</c>, <c>fresh_probe</c> and <c>shuffled_labels</c> are the controls, where they are.</param>
    /// <param name="archive">The study's own files, where they are at hand; else the sums of them in <paramref name="data"/> are taken.</param>
    /// <param name="data">The folder of the project's inputs.</param>
    /// <exception cref="InputException">No records, or a file that cannot be read.</exception>
    public static ReassessmentSet Load(string records, string archive, string data)
    {
        var beside = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(records)))!;
        return new ReassessmentSet(
            StudySummary.Load(archive, data, ClaimList.Load()),
            Read([records]),
            [.. ControlRuns.Known.Select(control => control with { Records = ReadIfAny(Path.Combine(beside, control.Name)) })],
            ReadIfAny(Path.Combine(beside, ArticleFolder)),
            ReadIfAny(FoldersIn(Path.Combine(beside, HorizonFolder))),
            SavedNetworks(data, beside));
    }

    // Committed states, and those that a sweep of the plan leaves beside the records.
    private static OurPhaseTwo? SavedNetworks(string data, string records)
    {
        var plan = Path.Combine(data, "checkpoint_plan.json");
        return File.Exists(plan) && Directory.Exists(Path.Combine(data, "checkpoints")) ? OurPhaseTwo.Of(SavedRun.Find(CheckpointPlan.Read(plan), Path.Combine(data, "checkpoints"), records)) : null;
    }

    private static string[] FoldersIn(string folder) => Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];

    private static RunRecord[] ReadIfAny(params string[] folders) =>
        folders.Where(folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.parquet").Any()).ToArray() is [_, ..] filled ? Read(filled) : [];

    private static RunRecord[] Read(string[] folders) => [.. RecordFile.Find(folders).AsParallel().AsOrdered().Select(RecordFile.Read)];
}
