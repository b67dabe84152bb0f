namespace Ndt.Data.Fetching;

/// <summary>Gets the study's archive into the cache: from its Git repository, or from a folder that holds a copy. It arrives whole and checked, or not at all.</summary>
/// <param name="folder">Where it goes: <see cref="StudyArchive.DefaultFolder"/>.</param>
/// <param name="tell">Told what happens, one line at a time.</param>
public sealed class ArchiveFetcher(string folder, Action<string> tell)
{
    private const string Repository = "https://github.com/Javihaus/ndt.git";
    private const string RecordsPath = "experiments/new/results/phase1_full";
    private const string CheckpointsPath = "experiments/mechanistic_interpretability/check_points_results";
    private static readonly TimeSpan GitLimit = TimeSpan.FromMinutes(10);

    /// <summary>Gets the archive's commit with git, only the folders needed. Throws <see cref="WorkFailedException"/> where git or the network fails.</summary>
    public async Task FetchAsync(CancellationToken cancellation)
    {
        if (Present())
        {
            return;
        }

        try
        {
            await FetchAsync(Repository, StudyArchive.Commit, cancellation).ConfigureAwait(false);
        }
        catch (WorkFailedException e)
        {
            throw new WorkFailedException($"archive: it could not be fetched. Tried: {Repository} ({e.Message}). With a copy at hand (records/, checkpoints/, checkpoint_runs/): ndt fetch archive --from DIR", e);
        }
    }

    /// <summary>Copies the archive from a folder with <c>records/</c>, <c>checkpoints/</c> and <c>checkpoint_runs/</c>. Throws <see cref="InputException"/> where it is not whole.</summary>
    public void FetchFrom(string source, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(source))
        {
            throw new InputException($"--from {source}: no such folder");
        }

        if (Present())
        {
            return;
        }

        StudyArchive.Check(source);
        Install(source, staging =>
        {
            foreach (var part in new[] { "records", "checkpoints", "checkpoint_runs" })
            {
                CopyFiles(Path.Combine(source, part), Path.Combine(staging, part), cancellation);
            }
        });
    }

    /// <summary>As the public form, from a given repository and commit; also when the archive is there already.</summary>
    internal async Task FetchAsync(string repository, string commit, CancellationToken cancellation)
    {
        var clone = NewSibling();
        try
        {
            // One commit, without history, and only the blobs of two folders.
            await GitAsync(clone, cancellation, "init", "--quiet").ConfigureAwait(false);
            await GitAsync(clone, cancellation, "remote", "add", "origin", repository).ConfigureAwait(false);
            await GitAsync(clone, cancellation, "sparse-checkout", "set", RecordsPath, CheckpointsPath).ConfigureAwait(false);
            await GitAsync(clone, cancellation, "fetch", "--quiet", "--depth", "1", "--filter=blob:none", "origin", commit).ConfigureAwait(false);
            await GitAsync(clone, cancellation, "checkout", "--quiet", "--detach", commit).ConfigureAwait(false);
            Install($"{repository} at commit {commit}", staging => Arrange(clone, staging, cancellation));
        }
        finally
        {
            TemporaryName.Remove(clone);
        }
    }

    /// <summary>The repository's folders as the archive's: each run's checkpoints under <c>checkpoints/RUN/</c>, the runs' JSON files, which lie in a folder of their own, in <c>checkpoint_runs/</c>.</summary>
    private static void Arrange(string clone, string staging, CancellationToken cancellation)
    {
        CopyFiles(Path.Combine(clone, RecordsPath), Path.Combine(staging, "records"), cancellation);
        foreach (var path in EnumerateFiles(Path.Combine(clone, CheckpointsPath)))
        {
            if (path.EndsWith(".pt", StringComparison.Ordinal))
            {
                Copy(path, Path.Combine(staging, "checkpoints", Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path)));
            }
            else if (path.EndsWith(".json", StringComparison.Ordinal))
            {
                Copy(path, Path.Combine(staging, "checkpoint_runs", Path.GetFileName(path)));
            }
        }
    }

    private bool Present()
    {
        var present = StudyArchive.IsPresent(folder);
        if (present)
        {
            tell($"archive: already in the cache: {folder}");
        }

        return present;
    }

    private void Install(string source, Action<string> fill)
    {
        var staging = NewSibling();
        try
        {
            fill(staging);
            StudyArchive.Check(staging);
            // Another process may have put the archive there meanwhile: then its copy stays.
            if (!StudyArchive.IsPresent(folder))
            {
                Replace(staging);
            }
        }
        catch (IOException e) when (e.Message.Contains(staging, StringComparison.Ordinal))
        {
            throw new IOException(e.Message.Replace(staging, folder, StringComparison.Ordinal), e);
        }
        finally
        {
            TemporaryName.Remove(staging);
        }

        tell($"archive: {StudyArchive.RecordNames.Count} records and {StudyArchive.CheckpointNames.Count} checkpoints checked, from {source}");
    }

    private void Replace(string staging)
    {
        var old = TemporaryName.Beside(folder);
        if (Directory.Exists(folder))
        {
            Directory.Move(folder, old);
        }

        try
        {
            Directory.Move(staging, folder);
        }
        catch (IOException) when (StudyArchive.IsPresent(folder))
        {
            // The other process was quicker by a moment.
        }

        FolderFlush.ToDisk(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        TemporaryName.Remove(old);
    }

    private static async Task GitAsync(string clone, CancellationToken cancellation, params string[] arguments) =>
        await ExternalTool.RunAsync("git", ["-c", "core.autocrlf=false", "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30", .. arguments], clone, GitLimit, cancellation).ConfigureAwait(false);

    private static void CopyFiles(string from, string to, CancellationToken cancellation)
    {
        foreach (var path in EnumerateFiles(from))
        {
            cancellation.ThrowIfCancellationRequested();
            Copy(path, Path.Combine(to, Path.GetRelativePath(from, path)));
        }
    }

    // Links are left out: they could lead anywhere.
    private static IEnumerable<string> EnumerateFiles(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            : [];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var source = File.OpenRead(from);
        using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        source.CopyTo(target);
        target.Flush(flushToDisk: true); // the check later looks only at a checkpoint's first bytes
    }

    // A folder beside the archive's for what is on its way there; one that a killed process left is removed.
    private string NewSibling()
    {
        var cache = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        WritableFolder.Require(cache, $"the cache {cache}", CacheFolder.Advice);
        return Directory.CreateDirectory(TemporaryName.Beside(folder)).FullName;
    }
}
