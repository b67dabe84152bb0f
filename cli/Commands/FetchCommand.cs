using System.CommandLine;
using Ndt.Data;
using Ndt.Data.Fetching;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt fetch</c>: datasets and the study's archive, verified, into the cache.</summary>
internal static class FetchCommand
{
    private const string ArchiveName = "archive";
    private static readonly string DatasetNames = string.Join(", ", DatasetCatalogue.All.Select(dataset => dataset.Name));

    internal static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = $"{DatasetNames} or {ArchiveName} (the study's records and checkpoints). mnist and fashion_mnist are needed only to draw the sample blocks anew.",
        };
        var from = new Option<string?>("--from") { HelpName = "DIR", Description = "Folder with copies, in place of the network: files raw or .gz, found by name in DIR or DIR/NAME." };
        var list = new Option<bool>("--list") { Description = "Lists what can be fetched, its licence, and whether it is in the cache." };
        var quiet = QuietOption.Create();
        var command = new Command(
            "fetch",
            "Gets datasets into the cache ($XDG_CACHE_HOME/ndt, or ~/.cache/ndt), every file verified by its hash; what is there is not fetched again.")
        { names, from, list, quiet };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(names)!;
            if (parsed.GetValue(list))
            {
                List();
                return;
            }

            if (wanted.Length == 0)
            {
                throw new InputException($"fetch needs a name: {DatasetNames} or {ArchiveName}; ndt fetch --list shows them");
            }

            // All names are looked up before the first download: a misspelt one should not cost the others' time.
            var datasets = wanted.Distinct().Where(name => name != ArchiveName).Select(Find).ToArray();
            foreach (var dataset in datasets)
            {
                await FetchAsync(dataset, parsed.GetValue(from), parsed.GetValue(quiet), cancellation);
            }

            if (wanted.Contains(ArchiveName))
            {
                await FetchArchiveAsync(parsed.GetValue(from), cancellation);
            }
        });
        return command;
    }

    private static async Task FetchAsync(DatasetInfo dataset, string? from, bool quiet, CancellationToken cancellation)
    {
        using var status = new StatusLine(quiet);
        var fetcher = new DatasetFetcher(DatasetCache.Default, status.Tell);
        if (from is not null)
        {
            fetcher.FetchFrom(dataset, from, cancellation);
        }
        else
        {
            await fetcher.FetchAsync(dataset, new FetchedBytes(status), cancellation);
        }
    }

    private static async Task FetchArchiveAsync(string? from, CancellationToken cancellation)
    {
        var fetcher = new ArchiveFetcher(StudyArchive.DefaultFolder, Console.Error.WriteLine);
        if (from is not null)
        {
            fetcher.FetchFrom(from, cancellation);
        }
        else
        {
            await fetcher.FetchAsync(cancellation);
        }
    }

    private static DatasetInfo Find(string name) =>
        DatasetCatalogue.All.FirstOrDefault(dataset => dataset.Name == name)
        ?? throw new InputException($"'{name}' cannot be fetched; known: {DatasetNames} and {ArchiveName}{Nearest.Proposal(name, [.. DatasetCatalogue.All.Select(dataset => dataset.Name), ArchiveName])}");

    private static void List()
    {
        var cache = DatasetCache.Default;
        var rows = DatasetCatalogue.All.Select(dataset => (string[])[dataset.Name, Presence(dataset, cache), dataset.Licence, dataset.Source]).Prepend(["name", "present", "licence", "source"]).ToList();
        rows.Add([ArchiveName, StudyArchive.IsPresent(StudyArchive.DefaultFolder) ? "yes" : "no", StudyArchive.Licence, StudyArchive.Source]);
        TextTable.Write(Console.Out, rows, isWords: _ => true);
    }

    private static string Presence(DatasetInfo dataset, DatasetCache cache)
    {
        var held = dataset.Files.Where(file => cache.Holds(dataset, file)).ToArray();
        return held.Length switch
        {
            0 => dataset.HasSamples ? "no (sample blocks only)" : "no",
            var n when n == dataset.Files.Count => "yes",
            _ => $"{string.Join(", ", held.Select(file => file.Name))} only",
        };
    }
}
