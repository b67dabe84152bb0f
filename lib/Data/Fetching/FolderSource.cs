namespace Ndt.Data.Fetching;

/// <summary>A folder on this machine that somebody put copies into, raw or .gz, found by name: in the folder itself or in one with the dataset's name below it.</summary>
internal sealed class FolderSource
{
    private readonly string folder;

    /// <summary>Throws <see cref="InputException"/> where there is no such folder.</summary>
    public FolderSource(string folder) =>
        this.folder = Directory.Exists(folder) ? folder : throw new InputException($"--from {folder}: no such folder");

    /// <summary>The path of a copy of the file, or null where there is none.</summary>
    public string? Find(DatasetInfo dataset, DatasetFile file)
    {
        // Where only the hash of the publisher's .gz is known, that is the copy to take.
        string[] names = file.Packed is null ? [file.Name, file.Name + ".gz"] : [file.Name + ".gz", file.Name];
        string[] folders = [Path.Combine(folder, dataset.Folder), folder];
        return folders.SelectMany(_ => names, Path.Combine).FirstOrDefault(File.Exists);
    }

    /// <summary>As above; throws <see cref="InputException"/> naming what was looked for.</summary>
    public string Require(DatasetInfo dataset, DatasetFile file) =>
        Find(dataset, file) ?? throw new InputException($"--from {folder}: neither {file.Name} nor {file.Name}.gz lies there or in {dataset.Folder}/ below it; {dataset.Name} needs it");
}
