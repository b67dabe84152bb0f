using System.CommandLine;
using System.Globalization;
using Ndt.Analysis;
using Ndt.Claims;
using Ndt.Data;
using Ndt.Measurement;
using Ndt.Models;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt analyze</c>: phase 1 on the study's records or on ours.</summary>
internal static class AnalyzeCommand
{
    internal static Command Create()
    {
        var records = new Argument<string[]>("RECORDS") { Description = "Record files (.json of the study, .parquet of ours), or folders of them.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--out") { Description = "Folder for jumps.csv, layers.csv, experiments.csv and claims.csv. Numbers keep all their digits. In pandas, read them with read_csv(…, float_precision=\"round_trip\"); otherwise the last digit may be off by one.", HelpName = "DIR" };
        var metrics = new Option<string[]>("--metrics")
        {
            Description = "The metrics to analyse; by default the study's five.",
            HelpName = "NAME,NAME",
            DefaultValueFactory = _ => [.. StudyMetrics.All.Select(metric => metric.Name())],
        };
        var view = new Option<string>("--view") { Description = "How token outputs became matrices; only our records have a choice.", DefaultValueFactory = _ => LayerView.Study };
        view.AcceptOnly(ViewChoice.Names);
        var skipBad = new Option<bool>("--skip-bad") { Description = "If some records are bad, analyses the others and lists those left out (skipped.csv)." };
        var json = new Option<bool>("--json") { Description = "Also writes every table as JSON beside its CSV; without --out prints one JSON object with the tables jumps, layers, experiments and claims in place of text." };
        var heatmaps = new Option<bool>("--heatmaps") { Description = "Also draws one heatmap per run (layers by steps) as pages in DIR/heatmaps: of the stable rank, or of the first metric if that is not analysed." };
        var seed = new Option<int>("--seed") { Description = "Seed of the k-means starts.", HelpName = "N", DefaultValueFactory = _ => PhaseOneClaims.StudySeed };
        var command = new Command("analyze", "Finds convergence, jumps and critical periods in recorded runs, and compares them with the study's published numbers.")
        {
            records, output, metrics, view, skipBad, json, heatmaps, seed,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(records),
            parsed.GetValue(output),
            NameList.Parse(metrics.Name, string.Join(',', parsed.GetRequiredValue(metrics)), MetricNames.Parse, MetricNames.All),
            parsed.GetRequiredValue(view),
            parsed.GetValue(skipBad),
            parsed.GetValue(json),
            parsed.GetValue(heatmaps),
            parsed.GetValue(seed)));
        return command;
    }

    private static void Run(string[] paths, string? output, Metric[] metrics, string view, bool skipBad, bool json, bool heatmaps, int seed)
    {
        if (output is null && heatmaps)
        {
            throw new InputException("--heatmaps writes files: it needs --out DIR");
        }

        if (output is not null)
        {
            OutputFolder.Check(output);
        }

        var files = RecordFile.Find(paths);
        var batch = BatchAnalysis.Run(files, metrics, view);
        Report(batch, skipBad);
        var claims = PhaseOneClaims.Check(ClaimList.Load(), batch.Analyses, seed);
        if (output is not null)
        {
            Write(output, batch, claims, skipBad, json);
            if (heatmaps)
            {
                Heatmaps.Write(Path.Combine(output, Heatmaps.Folder), files.Except(batch.Refused.Select(refused => refused.File)), metrics.Contains(Metric.StableRank) ? Metric.StableRank : metrics[0], view);
            }
        }

        if (json && output is null)
        {
            Console.Write(JsonOutput.Of(writer =>
            {
                writer.WriteStartObject();
                foreach (var (name, table) in Tables(batch, claims))
                {
                    writer.WritePropertyName(name);
                    table.WriteJson(writer);
                }

                writer.WriteEndObject();
            }));
        }
        else
        {
            Print(batch, claims);
        }
    }

    private static (string Name, Csv Table)[] Tables(BatchAnalysis batch, IReadOnlyList<ClaimCheck> claims) =>
    [
        ("jumps", AnalysisTables.Jumps(batch.Analyses)),
        ("layers", AnalysisTables.Layers(batch.Analyses)),
        ("experiments", AnalysisTables.Experiments(batch.Analyses)),
        ("claims", ClaimCheck.Table(claims)),
    ];

    /// <summary>Names every bad record; ends the command where bad ones are not to be skipped, or nothing else is left.</summary>
    private static void Report(BatchAnalysis batch, bool skipBad)
    {
        foreach (var run in batch.Analyses)
        {
            foreach (var layer in run.LeftOut)
            {
                Console.Error.WriteLine($"ndt: {run.Experiment}: layer left out: {layer}; its other layers are analysed");
            }
        }

        foreach (var refused in batch.Refused)
        {
            Console.Error.WriteLine(skipBad ? $"ndt: skipped: {refused.Reason}" : $"ndt: {refused.Reason}");
        }

        if (batch.Refused.Count > 0 && (!skipBad || batch.Analyses.Count == 0))
        {
            var files = batch.Refused.Count == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{batch.Refused.Count} records");
            throw new InputException(batch.Analyses.Count == 0
                ? $"{files} cannot be analysed, and no other is left"
                : $"{files} cannot be analysed; --skip-bad analyses the others");
        }
    }

    private static void Write(string folder, BatchAnalysis batch, IReadOnlyList<ClaimCheck> claims, bool skipBad, bool json)
    {
        OutputFolder.Prepare(folder);
        foreach (var (name, table) in Tables(batch, claims))
        {
            AtomicFile.WriteText(Path.Combine(folder, $"{name}.csv"), table.ToString());
            var beside = Path.Combine(folder, $"{name}.json");
            if (json)
            {
                AtomicFile.WriteText(beside, JsonOutput.Of(table.WriteJson));
            }
            else
            {
                // An earlier run's would speak of other tables than those beside it.
                File.Delete(beside);
            }
        }

        var skipped = Path.Combine(folder, "skipped.csv");
        if (skipBad)
        {
            AtomicFile.WriteText(skipped, AnalysisTables.Refused(batch.Refused).ToString());
        }
        else
        {
            // An earlier run's list would speak of other tables than those beside it.
            File.Delete(skipped);
        }
    }

    private static void Print(BatchAnalysis batch, IReadOnlyList<ClaimCheck> claims)
    {
        Console.WriteLine("metric                            runs  layers  events  published phase <10 / 10-50 / >50 %  true phase <10 / 10-50 / >50 %");
        var summaries = EventSummary.Of(batch.Analyses);
        foreach (var summary in summaries)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Metric.Name(),-32}  {summary.Experiments,4}  {summary.Layers,6}  {summary.Events,6}  {Shares(summary.Published),34}  {Shares(summary.True),29}"));
        }

        // All records share one protocol, so one expectation serves all rows.
        Console.WriteLine($"{"(events at random moments)",-56}{Shares(summaries[0].PublishedUniform),34}  {Shares(summaries[0].TrueUniform),29}");
        var collapsed = batch.Analyses.Sum(run => run.LeftOut.Count);
        if (collapsed > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{collapsed} series were left out: their layer has collapsed to a constant, or is not finite for another reason"));
        }

        if (batch.Analyses.Any(IsOfTheStudy))
        {
            var computable = claims.Where(claim => !double.IsNaN(claim.Reproduced)).ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{computable.Count(claim => claim.Verdict == ClaimCheck.Agree)} of {claims.Count} published numbers are reproduced to the published digits, {computable.Length - computable.Count(claim => claim.Verdict == ClaimCheck.Agree)} differ, {claims.Count - computable.Length} cannot be computed from these records"));
        }
        else
        {
            PrintOwn(batch.Analyses);
        }

        if (batch.Refused.Count > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{batch.Refused.Count} records were skipped"));
        }
    }

    // The published numbers say nothing of networks and data that the study did not have.
    private static bool IsOfTheStudy(ExperimentAnalysis run) =>
        ArchitectureCatalogue.All.Any(architecture => architecture.Name == run.Run.Architecture) && DatasetCatalogue.All.Any(dataset => dataset.Name == run.Run.Dataset && dataset.FilesOf is null);

    private static void PrintOwn(IReadOnlyList<ExperimentAnalysis> analyses)
    {
        foreach (var run in analyses)
        {
            var settled = run.Layers.Where(layer => layer.StabilisationPoint >= 0).ToArray();
            var busiest = run.Layers.MaxBy(layer => layer.Jumps.Count)!;
            var loss = double.IsNaN(run.LossDropShare) ? "" : string.Create(CultureInfo.InvariantCulture, $"; the loss falls in {100 * run.LossDropShare:0.0} % of critical steps");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Experiment} {run.Metric.Name()}: {run.Jumps.Count()} events, most in {busiest.Layer} ({busiest.Jumps.Count}); {settled.Length} of {run.Layers.Count} layers settle{loss}"));
        }
    }

    private static string Shares(double[] shares) =>
        string.Join(" / ", shares.Select(share => double.IsNaN(share) ? "-" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture)));
}
