using System.CommandLine;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt records compare</c>: whether two records, or the records of two folders, are the same.</summary>
internal static class RecordsCompareCommand
{
    internal static Command Create()
    {
        var first = new Argument<string>("FIRST") { Description = "A record, or a folder of them." };
        var second = new Argument<string>("SECOND") { Description = "Another record, or a folder. Of two folders, records of the same name are compared; a file is compared with the record of its name in a folder." };
        var tolerance = new Option<double>("--tolerance") { Description = "Relative difference that layers' figures may have; 0, the default, asks for the same bits." };
        var json = JsonOutput.Option("one JSON object: same, and the differences as texts,");
        var command = new Command("compare", "Compares two records, or two folders of them, apart from times and versions; exit code 1 when they differ.") { first, second, tolerance, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetTolerance(tolerance), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string first, string second, double tolerance, bool json)
    {
        var differences = Directory.Exists(first) && Directory.Exists(second)
            ? OfFolders(first, second, tolerance)
            : RecordDifference.Between(RecordFile.Read(Beside(first, second)), RecordFile.Read(Beside(second, first)), tolerance);
        if (json)
        {
            Console.Write(Json(differences));
        }
        else
        {
            Console.WriteLine(differences.Count == 0 ? "the same, apart from times and versions" : string.Join('\n', differences));
        }

        return differences.Count == 0 ? 0 : 1;
    }

    private static string Json(IReadOnlyList<string> differences) => JsonOutput.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("same", differences.Count == 0);
        writer.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            writer.WriteStringValue(difference);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Beside(string path, string other) => Directory.Exists(path) ? Path.Combine(path, Path.GetFileName(other)) : path;

    private static List<string> OfFolders(string first, string second, double tolerance)
    {
        var (a, b) = (ByName(first), ByName(second));
        return
        [
            .. a.Keys.Union(b.Keys).Order(StringComparer.Ordinal).SelectMany(name => (a.GetValueOrDefault(name), b.GetValueOrDefault(name)) switch
            {
                (string one, string other) => RecordDifference.Between(RecordFile.Read(one), RecordFile.Read(other), tolerance).Select(difference => $"{name}: {difference}"),
                (null, _) => [$"{name}: only in {second}"],
                _ => [$"{name}: only in {first}"],
            }),
        ];
    }

    private static Dictionary<string, string> ByName(string folder) => RecordFile.Find([folder]).ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);
}
