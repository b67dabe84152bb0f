using System.CommandLine;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt records import|export|compare|summarize|collect|join</c>: between the study's JSON and our own records, what a set of records is, and whether a sweep's are all there.</summary>
internal static class RecordsCommand
{
    private const string Csv = "csv";
    private const string Json = "json";

    internal static Command Create() => new("records", "Converts run records between the study's JSON files and ours, compares them, and collects those of a sweep's parts.")
    {
        Import(), Export(), RecordsCompareCommand.Create(), Summarize(), RecordsCollectCommand.Create(), RecordsJoinCommand.Create(),
    };

    private static Command Import()
    {
        var (paths, output) = (Paths("The study's JSON files, or folders of them."), Output());
        var command = new Command("import", "Reads the study's JSON records into our Parquet format.") { paths, output };
        command.SetAction(parsed => Convert(parsed.GetRequiredValue(paths), parsed.GetRequiredValue(output), "parquet", RecordParquet.Write));
        return command;
    }

    private static Command Export()
    {
        var (paths, output) = (Paths("Records of any kind, or folders of them."), Output());
        var format = new Option<string>("--format")
        {
            Required = true,
            Description = "csv: everything, one row a measurement and layer; json: exactly the study's fields, names and steps, its stable_rank being what it recorded under that name (csv: recorded_stable_rank).",
        };
        format.AcceptOnly(Csv, Json);
        var command = new Command("export", "Writes records as CSV, or as the study's JSON for tools made for its files.") { paths, format, output };
        command.SetAction(parsed =>
        {
            var ending = parsed.GetRequiredValue(format);
            Convert(parsed.GetRequiredValue(paths), parsed.GetRequiredValue(output), ending, ending == Csv ? RecordCsv.Write : StudyJson.Write);
        });
        return command;
    }

    private static Command Summarize()
    {
        var paths = Paths("Records, or folders of them.");
        var json = JsonOutput.Option("one JSON array with an object per record");
        var command = new Command("summarize", "Says what a set of records is, as Markdown: which runs, when, on what, how long, how accurate.") { paths, json };
        command.SetAction(parsed =>
        {
            var records = RecordFile.Find(parsed.GetRequiredValue(paths)).Select(path => (Path: path, Record: RecordFile.Read(path))).ToArray();
            Console.Write(parsed.GetValue(json) ? Listed(records) : RecordSummary.Markdown([.. records.Select(one => one.Record.Metadata)]));
        });
        return command;
    }

    private static string Listed((string Path, RunRecord Record)[] records) => JsonOutput.Of(writer =>
    {
        writer.WriteStartArray();
        foreach (var (path, record) in records)
        {
            RunJson.Write(writer, path, record.Metadata, record.Points.Count, record.Layers.Count);
        }

        writer.WriteEndArray();
    });

    private static Argument<string[]> Paths(string description) => new("PATH") { Description = description, Arity = ArgumentArity.OneOrMore };

    private static Option<string> Output() => new("--out") { Required = true, HelpName = "DIR", Description = "Folder for the files; they keep their names, with another ending." };

    private static void Convert(string[] paths, string folder, string ending, Action<string, RunRecord> write)
    {
        var files = RecordFile.Find(paths);
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var target = Path.GetFullPath(Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(file), ending)));
            if (target == Path.GetFullPath(file))
            {
                throw new InputException($"{file}: would be written over itself; --out has to be another folder");
            }

            if (!targets.TryAdd(target, file))
            {
                throw new InputException($"{file}: would be written to {target}, as {targets[target]} is; convert them into folders of their own");
            }
        }

        OutputFolder.Prepare(folder);
        foreach (var (target, file) in targets)
        {
            write(target, RecordFile.Read(file));
            Console.WriteLine(target);
        }
    }
}
