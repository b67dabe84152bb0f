using System.CommandLine;
using System.Globalization;
using Ndt.Analysis.ChangePoints;
using Ndt.Analysis.ChangePoints.Bench;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt bench-detector</c>: the validity bench on anyone's series, and for anyone's detector.</summary>
internal static class BenchDetectorCommand
{
    internal static Command Create()
    {
        var names = ChangeDetectors.All.Select(detector => detector.Name).ToArray();
        var series = new Argument<string[]>("SERIES") { Description = "CSV files, or folders of them, with one series per column. A first row without numbers gives names; a column named step, time, index or epoch is skipped.", Arity = ArgumentArity.OneOrMore };
        var truth = new Option<string?>("--truth") { Description = "The true change points: one line per series, in the order of the columns, with the index (from 0) of the first value at each new level, separated by commas; an empty line means none. For a single series, one index per line works too. Without this option no series has a change, and every detection is a false alarm.", HelpName = "FILE" };
        var detections = new Option<string?>("--detections") { Description = "What your own detector found, in the format of --truth; it is scored instead of the built-in detectors.", HelpName = "FILE" };
        var detectors = new Option<string[]>("--detector") { Description = $"Which detector; may be given several times. Known: {string.Join(", ", names.Select(name => $"'{name}'"))}.", HelpName = "NAME", DefaultValueFactory = _ => names };
        var tolerance = new Option<int>("--tolerance") { Description = "How far a detection may lie from its change, in values of the series.", HelpName = "N", DefaultValueFactory = _ => ValidityBench.Tolerance };
        var csv = new Option<bool>("--csv") { Description = "Prints the scores as CSV." };
        var command = new Command("bench-detector", "Tries change-point detectors on series whose changes are known: false alarms per 1,000 points, recall and delay, each with an interval.")
        {
            series, truth, detections, detectors, tolerance, csv,
        };
        command.SetAction((parsed, stop) =>
        {
            if (parsed.GetValue(tolerance) < 0)
            {
                throw new InputException($"{tolerance.Name} is {parsed.GetValue(tolerance)}; 0 or more is expected");
            }

            var columns = SeriesFile.Find(parsed.GetRequiredValue(series)).SelectMany(SeriesFile.Read).ToArray();
            var changes = parsed.GetValue(truth) is { } file ? ChangePointFile.Read(file, columns) : [.. columns.Select(_ => Array.Empty<int>())];
            SyntheticSeries[] known = [.. columns.Select((column, i) => new SyntheticSeries(column.Values, changes[i]))];
            OwnSeriesScore[] scores = parsed.GetValue(detections) is { } found
                ? [OwnSeriesScore.Of(Path.GetFileNameWithoutExtension(found), known, ChangePointFile.Read(found, columns), parsed.GetValue(tolerance))]
                : [.. parsed.GetRequiredValue(detectors).Select(Find).Select(detector =>
                {
                    stop.ThrowIfCancellationRequested();
                    return OwnSeriesScore.Of(detector, known, parsed.GetValue(tolerance));
                })];
            if (parsed.GetValue(csv))
            {
                Console.Write(OwnSeriesScore.Table(scores));
            }
            else
            {
                Write(Console.Out, scores, parsed.GetValue(tolerance));
            }

            return Task.FromResult(0);

            IChangeDetector Find(string name) => ChangeDetectors.All.FirstOrDefault(detector => detector.Name == name)
                ?? throw new InputException($"{detectors.Name} {name}: no such detector; known: {string.Join(", ", names)}{Nearest.Proposal(name, [.. names])}");
        });
        return command;
    }

    private static void Write(TextWriter output, OwnSeriesScore[] scores, int tolerance)
    {
        string[][] rows =
        [
            ["detector", "detections", "false alarms", "per 1,000", "[95 %]", "recall", "[95 %]", "by chance", "delay", "[95 %]"],
            .. scores.Select(score => (string[])
            [
                score.Detector,
                Whole(score.Detections),
                Whole(score.FalseAlarms),
                Number(score.FalseAlarmRate.Value), Range(score.FalseAlarmRate.Low, score.FalseAlarmRate.High),
                Share(score.Recall.Share), Range(100 * score.Recall.Low, 100 * score.Recall.High, "0"),
                Share(score.ChanceRecall),
                Number(score.Delay.Value), Range(score.Delay.Low, score.Delay.High),
            ]),
        ];
        TextTable.Write(output, rows, column => column == 0);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{scores[0].Series} series of {scores[0].Points} values with {scores[0].Changes} true changes; a detection counts within {tolerance} values of a change. By chance: as many detections at random places."));
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value, string format = "0.##") => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Share(double share) => double.IsNaN(share) ? "–" : $"{Number(100 * share, "0")} %";

    private static string Range(double low, double high, string format = "0.##") => double.IsNaN(low) ? "–" : $"[{Number(low, format)}, {Number(high, format)}]";
}
