namespace Ndt.Data;

/// <summary>
/// The fetched datasets, uncompressed: <c>ROOT/NAME/FILE</c>. A file is present only when its length and hash are right.
/// </summary>
/// <remarks>
/// Files are hashed each time they are read, not trusted by a time stamp: they are read whole anyway, and 47 MB take a few tens of
/// milliseconds. Where only the hash of the publisher's .gz is known (QMNIST), that one is checked when the file is put here, and the SHA-256 of
/// what it unpacked to is kept beside it in <c>FILE.sha256</c>. Files come by rename, so two processes that fetch at once only replace a file with its like.
/// </remarks>
public sealed class DatasetCache(string root)
{
    /// <summary>The user's cache: <c>datasets</c> in <see cref="CacheFolder"/>.</summary>
    public static DatasetCache Default => new(Path.Combine(CacheFolder.Root, "datasets"));

    /// <summary>Where a file lies, or would lie.</summary>
    public string PathOf(DatasetInfo dataset, DatasetFile file) => Path.Combine(root, dataset.Folder, file.Name);

    /// <summary>Whether the file is there, whole and unaltered.</summary>
    public bool Holds(DatasetInfo dataset, DatasetFile file)
    {
        var path = PathOf(dataset, file);
        if (!File.Exists(path) || (file.Bytes is { } bytes && new FileInfo(path).Length != bytes) || ExpectedHash(file, path) is not { } expected)
        {
            return false;
        }

        using var stream = InputFile.OpenRead(path);
        return expected.OfSameKind(stream) == expected;
    }

    /// <summary>Reads a file and verifies it. Throws <see cref="InputException"/> with the command that fetches it where it is missing or altered.</summary>
    public CachedFile Read(DatasetInfo dataset, DatasetFile file)
    {
        var path = PathOf(dataset, file);
        if (!File.Exists(path))
        {
            throw new InputException($"dataset {dataset.Name} is not in the cache ({path} is missing); fetch it with: ndt fetch {dataset.Folder}");
        }

        var length = new FileInfo(path).Length;
        if (length > file.LargestBytes)
        {
            throw new InputException($"{path}: {length} bytes; expected {(file.Bytes is null ? "at most " : "")}{file.LargestBytes}; fetch it again with: ndt fetch {dataset.Folder}");
        }

        var content = InputFile.ReadAllBytes(path);
        var expected = ExpectedHash(file, path)
            ?? throw new InputException($"{path}: {path}.sha256, which tells whether it is whole, is missing or wrong; fetch it again with: ndt fetch {dataset.Folder}");
        var found = expected.OfSameKind(content);
        if (found != expected)
        {
            throw new InputException($"{path}: {found}; expected {expected}; the file was altered, fetch it again with: ndt fetch {dataset.Folder}");
        }

        return new CachedFile(file.Name, path, content);
    }

    /// <summary>A new folder in the cache for files on their way here; the caller removes it, or the next one after a caller that was killed.</summary>
    /// <exception cref="InputException">The cache cannot be written to.</exception>
    public string CreateWorkFolder()
    {
        WritableFolder.Require(root, $"the cache {root}", CacheFolder.Advice);
        return Directory.CreateDirectory(TemporaryName.Beside(Path.Combine(root, "work"))).FullName;
    }

    /// <summary>Takes copies of several files, raw or .gz, as <see cref="Put(DatasetInfo, DatasetFile, string)"/> does, but all or none: where one is refused, or the work is cancelled, the cache is as it was.</summary>
    public void Put(DatasetInfo dataset, IReadOnlyDictionary<DatasetFile, string> candidates, CancellationToken cancellation = default)
    {
        var staging = CreateWorkFolder();
        try
        {
            var staged = new DatasetCache(staging);
            foreach (var (file, candidate) in candidates)
            {
                cancellation.ThrowIfCancellationRequested();
                staged.Put(dataset, file, candidate);
            }

            Directory.CreateDirectory(Path.Combine(root, dataset.Folder));
            foreach (var path in Directory.EnumerateFiles(Path.Combine(staging, dataset.Folder)))
            {
                File.Move(path, Path.Combine(root, dataset.Folder, Path.GetFileName(path)), overwrite: true);
            }

            FolderFlush.ToDisk(Path.Combine(root, dataset.Folder));
        }
        finally
        {
            TemporaryName.Remove(staging);
        }
    }

    /// <summary>
    /// Takes a copy of <paramref name="candidate"/>, raw or .gz, into the cache. Throws <see cref="InputException"/> naming the file, the hash
    /// expected and the hash found where it is another file than the catalogue's; the cache is then as it was.
    /// </summary>
    public void Put(DatasetInfo dataset, DatasetFile file, string candidate)
    {
        using var source = InputFile.OpenRead(candidate);
        if (file.Packed is { } packed)
        {
            CheckPacked(source, packed, candidate, file);
        }

        var path = PathOf(dataset, file);
        AtomicFile.Write(path, target =>
        {
            var length = Gzip.CopyContent(source, target, file.LargestBytes, candidate);
            if (file.Bytes is { } bytes && length != bytes)
            {
                throw new InputException($"{candidate}: {length} bytes of content; {dataset.Name} {file.Name} has {bytes}");
            }

            target.Position = 0;
            if (file.Content is { } expected && expected.OfSameKind(target) is var found && found != expected)
            {
                throw new InputException($"{candidate}: the content's {found}; expected {expected} ({dataset.Name} {file.Name})");
            }

            if (file.Content is null)
            {
                HashManifest.Write(SidecarOf(path), new Dictionary<string, Digest> { [file.Name] = Digest.Sha256Of(target) });
            }
        });
    }

    private static void CheckPacked(FileStream source, Digest expected, string candidate, DatasetFile file)
    {
        if (!Gzip.Recognise(source))
        {
            throw new InputException($"{candidate}: not gzip; only the hash of the publisher's {file.Name}.gz is known, so that file is needed");
        }

        if (source.Length > file.LargestBytes)
        {
            throw new InputException($"{candidate}: {source.Length} bytes; {file.Name}.gz has fewer than {file.LargestBytes}");
        }

        var found = expected.OfSameKind(source);
        source.Position = 0;
        if (found != expected)
        {
            throw new InputException($"{candidate}: {found}; expected {expected} ({file.Name}.gz)");
        }
    }

    private static Digest? ExpectedHash(DatasetFile file, string path)
    {
        if (file.Content is not null)
        {
            return file.Content;
        }

        // A missing or damaged side file means that the file cannot be vouched for: the same as not having it.
        try
        {
            return HashManifest.Read(SidecarOf(path)).GetValueOrDefault(file.Name);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static string SidecarOf(string path) => path + ".sha256";
}
