using System.Collections.Concurrent;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Analysis;

/// <summary>A folder of records, read and analysed: what a notebook of phase 1 works on.</summary>
/// <param name="Runs">The runs, in order of family, number of layers, architecture, dataset and seed.</param>
/// <param name="Refused">The records that are not among them, and why.</param>
public sealed record RecordSet(IReadOnlyList<StudiedRun> Runs, IReadOnlyList<RefusedRecord> Refused)
{
    private static readonly string[] Families = ["mlp", "cnn", "transformer"];

    /// <summary>Reads every record in a folder, the study's or ours, and analyses it in <see cref="StudyMetrics"/>; see <see cref="BatchAnalysis.Run"/> for what is refused.</summary>
    /// <param name="path">A folder of records, or one record.</param>
    /// <param name="view">One of <see cref="LayerView"/>; a record without tokens is the same in both.</param>
    /// <exception cref="InputException">There is no such folder, it holds no records, none of them can be analysed, or the view is not known.</exception>
    public static RecordSet Load(string path, string view = LayerView.Study)
    {
        if (view is not (LayerView.Study or LayerView.TokenMean))
        {
            throw new InputException($"view is '{view}'; {LayerView.Study} or {LayerView.TokenMean} is expected");
        }

        var files = RecordFile.Find([path]);
        var records = new ConcurrentDictionary<string, RunRecord>(StringComparer.Ordinal);
        var batch = BatchAnalysis.Run(files, StudyMetrics.All, view, read: file => records[file] = RecordFile.Read(file));
        if (batch.Analyses.Count == 0)
        {
            throw new InputException($"{path}: none of its {files.Count} records can be analysed; the first: {batch.Refused[0].Reason}");
        }

        var refused = batch.Refused.Select(record => record.File).ToHashSet(StringComparer.Ordinal);
        var analyses = batch.Analyses.ToLookup(analysis => analysis.Experiment);
        var runs = files
            .Where(file => !refused.Contains(file))
            .Select(file => records[file])
            .Select(record => new StudiedRun(record, view, analyses[ExperimentName.Of(record.Metadata, view)].ToDictionary(analysis => analysis.Metric)));
        return new RecordSet([.. runs.OrderBy(Order)], batch.Refused);
    }

    /// <summary>The analyses of all runs, metric by metric.</summary>
    public IReadOnlyList<ExperimentAnalysis> Analyses => [.. Runs.SelectMany(run => run.Analyses.Values)];

    private static (int Family, int Size, string Architecture, string Dataset, int Seed) Order(StudiedRun run) =>
        (Array.IndexOf(Families, run.Run.Family) is >= 0 and var place ? place : Families.Length, ViewChoice.Layers(run.Record, run.View).Count, run.Run.Architecture, run.Run.Dataset, run.Run.Seed ?? -1);
}
