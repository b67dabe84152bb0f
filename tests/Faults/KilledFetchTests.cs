using Ndt.Data.Fetching;
using Ndt.Tests.Data.Fetching;

namespace Ndt.Tests.Faults;

/// <summary>With an archive of the study's shape, made here: the datasets' files are known by their hashes and cannot be made.</summary>
[Collection(InjuredFiles.Name)]
[Trait("Category", "Faults")]
[Trait("Category", "Integration")]
public sealed class KilledFetchTests(FaultLedger ledger)
{
    [Fact]
    public void A_fetch_that_is_killed_leaves_the_archive_whole_or_not_at_all_and_the_next_start_gets_it()
    {
        const string Kind = "kill -9 of fetch --from";
        using var folder = new TemporaryFolder();
        var source = Source(folder);
        var reference = Cache(folder, "whole");
        var killing = new Killing(Killing.LifeOf(reference.Environment, "fetch", "archive", "--from", source), stream: 6);
        for (var round = 0; round < 4; round++)
        {
            var (environment, archive) = Cache(folder, $"round{round}");
            for (var kill = 0; kill < 3; kill++)
            {
                var cache = Path.GetDirectoryName(archive)!;
                var killed = kill < 2
                    ? killing.AtRandom(() => NdtProcess.Start(environment, "fetch", "archive", "--from", source))
                    : Killing.WhileWriting(() => NdtProcess.Start(environment, "fetch", "archive", "--from", source), cache);
                ledger.Add(Kind, killed ? 1 : 0, Check(source, archive));
            }

            Assert.Equal(0, NdtProcess.Run(environment, "fetch", "archive", "--from", source).Code);
            Assert.True(StudyArchive.IsPresent(archive));
            FolderState.RequireTidy(folder.PathOf($"round{round}"));
            ledger.Add(Kind, files: Check(source, archive), restarts: 1);
        }

        ledger.Write(Kind);
    }

    [Fact]
    public async Task Two_fetches_of_the_same_both_end_well()
    {
        const string Kind = "two fetches of one archive";
        using var folder = new TemporaryFolder();
        var source = Source(folder);
        var (environment, archive) = Cache(folder, "cache");
        var ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => NdtProcess.Run(environment, "fetch", "archive", "--from", source))));
        Assert.All(ends, end => Assert.True(end.Code == 0, end.Error));
        Assert.True(StudyArchive.IsPresent(archive));
        FolderState.RequireTidy(folder.PathOf("cache"));
        ledger.Add(Kind, 1, Check(source, archive), restarts: 2);
        ledger.Write(Kind);
    }

    /// <summary>A whole archive, with a megabyte of white space in a few of its records, so that copying takes a while.</summary>
    internal static string Source(TemporaryFolder folder)
    {
        var source = folder.PathOf("source");
        MadeArchive.Write(source);
        foreach (var record in StudyArchive.RecordNames.Take(20))
        {
            File.AppendAllText(Path.Combine(source, "records", record), new string(' ', 1 << 20));
        }

        return source;
    }

    /// <summary>A cache of its own: the environment that names it, and where the archive goes.</summary>
    internal static (Dictionary<string, string> Environment, string Archive) Cache(TemporaryFolder folder, string name) =>
        (new Dictionary<string, string> { ["XDG_CACHE_HOME"] = folder.PathOf(name) }, folder.PathOf(name, "ndt", "archive"));

    /// <summary>The archive is not there, or is the source byte for byte; the number of files.</summary>
    internal static int Check(string source, string archive)
    {
        var files = FolderState.Final(archive);
        if (files.Length > 0)
        {
            Assert.Equal(FolderState.Final(source).Select(path => Path.GetRelativePath(source, path)).Order(), files.Select(path => Path.GetRelativePath(archive, path)).Order());
            Assert.All(files, path => Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(source, Path.GetRelativePath(archive, path))))));
        }

        return files.Length;
    }
}
