using System.CommandLine;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt records join</c>: one record out of two of the same run, measured often at first and seldom later.</summary>
internal static class RecordsJoinCommand
{
    internal static Command Create()
    {
        var often = new Argument<DirectoryInfo>("OFTEN") { Description = "Folder of the short records, measured often." };
        var seldom = new Argument<DirectoryInfo>("SELDOM") { Description = "Folder of the long records of the same runs, under the same file names, measured seldom." };
        var output = new Option<DirectoryInfo>("--out") { Required = true, HelpName = "DIR", Description = "Folder for the joined records." };
        var metrics = new Option<string>("--metrics") { Description = "The figures that are kept.", DefaultValueFactory = _ => $"{Metric.StableRank.Name()},{Metric.ParticipationRatio.Name()}" };
        var bits = new Option<int>("--bits") { Description = "Significant bits that are kept of a figure.", DefaultValueFactory = _ => MeasurementHistory.SignificantBits };
        var command = new Command("join", "Joins two records of each run: the measurements of the short one up to its end, then those of the long one. Measurements that both have must agree to the last bit.") { often, seldom, output, metrics, bits };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(bits) is (< 1 or > 53) and var wrong)
            {
                throw new InputException($"{bits.Name} is {wrong}; expected 1 to 53");
            }

            var kept = NameList.Parse(metrics.Name, arguments.GetRequiredValue(metrics), MetricNames.Parse, MetricNames.All);
            var (first, second, folder) = (FolderOf(arguments.GetRequiredValue(often)), FolderOf(arguments.GetRequiredValue(seldom)), FolderOf(arguments.GetRequiredValue(output)));
            if (folder == first || folder == second)
            {
                throw new InputException($"{folder}: its records would be written over; {output.Name} has to be another folder");
            }

            var named = RecordFile.Find([second]).Select(file => (Long: file, Short: Path.Combine(first, Path.GetFileName(file)))).ToLookup(pair => File.Exists(pair.Short));
            var pairs = named[true].ToArray();
            if (pairs.Length == 0)
            {
                throw new InputException($"{first} and {second}: hold no record under the same name; the records of the same runs are expected");
            }

            foreach (var alone in named[false])
            {
                Console.Error.WriteLine($"ndt: {alone.Long}: left out, since {first} holds no record of this name");
            }

            OutputFolder.Prepare(folder);
            foreach (var pair in pairs)
            {
                var target = Path.Combine(folder, Path.GetFileName(pair.Long));
                RecordParquet.Write(target, RecordJoin.Of(RecordFile.Read(pair.Short), RecordFile.Read(pair.Long), kept, arguments.GetValue(bits)));
                Console.WriteLine(target);
            }

            return 0;
        });
        return command;
    }

    private static string FolderOf(DirectoryInfo folder) => Path.TrimEndingDirectorySeparator(folder.FullName);
}
