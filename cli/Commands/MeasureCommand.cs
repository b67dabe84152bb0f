using System.CommandLine;
using System.Globalization;
using Ndt.Arrays;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt measure</c>: every estimate of dimensionality of any framework's activations.</summary>
internal static class MeasureCommand
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = $"Files of arrays [samples, …] ({ArrayFile.KnownEndings}), or folders of them.", Arity = ArgumentArity.OneOrMore };
        var layer = LayerOption.Create("arrays");
        var view = new Option<string>("--view")
        {
            Description = "How an array of more than two dimensions becomes [samples, features]: study averages over all from the third on (channels first, as in convolution maps), token_mean over all between the first and the last (tokens, channels last), flatten puts them side by side.",
            DefaultValueFactory = _ => LayerView.Study,
        };
        view.AcceptOnly([.. ArrayView.All]);
        var centred = new Option<bool>("--centred") { Description = "Shows the figures of the matrix with every feature's mean removed. JSON, CSV and records hold both." };
        var weights = new Option<bool>("--weights") { Description = "Measures the matrices of a checkpoint instead, one row per unit; arrays of fewer than two dimensions are skipped." };
        var json = JsonOutput.Option("one JSON array with an object per array");
        var output = new Option<string?>("--out") { Description = "A file to write: .json, .csv, or .parquet: a record of all files, whose names must hold the training step (acts_step00100.npz), for analyze, show and the notebooks.", HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "The network's name in the record; by default that of the folder.", HelpName = "NAME" };
        var quiet = QuietOption.Create();
        var skipBad = new Option<bool>("--skip-bad") { Description = "If some files are bad, measures the others and names those left out." };
        var command = new Command("measure", "Measures the dimensionality of activations saved by any framework: every estimator, of every array.")
        {
            paths, layer, view, centred, weights, json, output, name, skipBad, quiet,
        };
        command.SetAction((parsed, stop) =>
        {
            var target = parsed.GetValue(output);
            var format = target is null ? OutputFormat.None : FormatOf(target);
            var chosenView = parsed.GetRequiredValue(view);
            if (parsed.GetValue(weights) && parsed.GetResult(view) is { Implicit: false })
            {
                throw new InputException($"{view.Name} is given beside {weights.Name}; a weight is measured with a row per unit");
            }

            if (target is not null)
            {
                OutputFolder.CheckFile(target, "a file to write (.parquet, .json or .csv)");
            }

            var files = MeasuredFile.Find(parsed.GetRequiredValue(paths));
            if (format == OutputFormat.Record && files.FirstOrDefault(file => StepName.In(file) is null) is { } stepless)
            {
                throw new InputException($"{stepless}: its name holds no training step (as acts_step00100.npz does); {output.Name} {target} needs one in every file's name");
            }

            var measured = Measure(files, parsed.GetValue(skipBad), parsed.GetValue(quiet), file => MeasuredFile.Of(file, parsed.GetRequiredValue(layer), chosenView, parsed.GetValue(weights)), stop);
            if (!parsed.GetValue(weights) && parsed.GetResult(view) is not { Implicit: false } && measured.SelectMany(file => file.Reduced).Distinct().ToArray() is [var reduced, .. var others])
            {
                Console.Error.WriteLine($"ndt: {reduced}{(others.Length > 0 ? $" and {others.Length} more" : "")}: averaged over all dimensions from the third on; {view.Name} has other ways");
            }

            switch (format)
            {
                case OutputFormat.Record:
                    var network = parsed.GetValue(name) ?? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(files[0]))) ?? "network";
                    RecordParquet.Write(target!, ArrayRecord.Of(network, measured, parsed.GetValue(weights) ? ArrayView.Flatten : chosenView));
                    break;
                case OutputFormat.Json:
                    AtomicFile.WriteText(target!, MeasureTables.Json(measured));
                    break;
                case OutputFormat.Csv:
                    AtomicFile.WriteText(target!, MeasureTables.Csv(measured));
                    break;
            }

            if (parsed.GetValue(json))
            {
                Console.Write(MeasureTables.Json(measured));
            }
            else
            {
                MeasureTables.Write(Console.Out, measured, parsed.GetValue(centred));
            }

            if (target is not null)
            {
                Console.Error.WriteLine($"ndt: wrote {target}");
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static List<MeasuredFile> Measure(IReadOnlyList<string> files, bool skipBad, bool quiet, Func<string, MeasuredFile> measure, CancellationToken stop)
    {
        var measured = new List<MeasuredFile>();
        using var status = new StatusLine(quiet || files.Count == 1);
        foreach (var file in files)
        {
            stop.ThrowIfCancellationRequested();
            status.Show(string.Create(CultureInfo.InvariantCulture, $"measuring {measured.Count + 1} of {files.Count}: {file}"));
            try
            {
                var one = measure(file);
                measured.Add(one);
                if (one.LeftOut.Count > 0)
                {
                    status.Tell($"ndt: {file}: left out, no [samples, …]: {string.Join(", ", one.LeftOut)}");
                }

                if (UnreadNotice.Of(file, one.Unread) is { } notice)
                {
                    status.Tell(notice);
                }
            }
            catch (InputException e) when (skipBad)
            {
                status.Tell($"ndt: skipped: {e.Message}");
            }
        }

        return measured.Count > 0 ? measured : throw new InputException("no file could be measured");
    }

    private static OutputFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".parquet" => OutputFormat.Record,
        ".json" => OutputFormat.Json,
        ".csv" => OutputFormat.Csv,
        var other => throw new InputException($"--out {path}: the ending is '{other}'; .parquet, .json or .csv is expected"),
    };

    private enum OutputFormat
    {
        None,
        Record,
        Json,
        Csv,
    }
}
