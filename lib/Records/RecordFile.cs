namespace Ndt.Records;

/// <summary>One run's record in a file, whichever of the formats it has.</summary>
public static class RecordFile
{
    private const string Json = ".json";
    private const string Parquet = ".parquet";
    private const int MostPlaces = 3;

    /// <summary>Reads a study file (<c>.json</c>, <see cref="StudyJson"/>) or a record of ours (<c>.parquet</c>, <see cref="RecordParquet"/>).</summary>
    /// <exception cref="InputException">No file, a folder, another ending, or a file that is not what its ending says; names file and field.</exception>
    public static RunRecord Read(string path)
    {
        InputFile.RefuseFolder(path, $"one record ({Json} or {Parquet})");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            Json => StudyJson.Read(path),
            Parquet => RecordParquet.Read(path),
            _ when !File.Exists(path) => throw new InputException($"{path}: no such file; a record ({Json} or {Parquet}) is expected"),
            var other => throw new InputException($"{path}: '{other}' is no record; records end in {Json} (the study's) or {Parquet} (ours)"),
        };
    }

    /// <summary>
    /// The record files that <paramref name="paths"/> name, in ordinal order: a file stands for itself, a folder for the records that
    /// lie directly in it.
    /// </summary>
    /// <exception cref="InputException">A path that does not exist, a folder without records, or no path at all.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(File.Exists(path) ? path : throw new InputException($"{path}: no such file or folder; a record, or a folder of records, is needed"));
                continue;
            }

            var inFolder = InputFile.FilesIn(path).Where(IsRecord).ToArray();
            files.UnionWith(inFolder.Length > 0 ? inFolder : throw new InputException($"{path}: holds no records; they end in {Json} or {Parquet}{PlacesBelow(path)}"));
        }

        return files.Count > 0 ? [.. files] : throw new InputException("no records are named; give files or a folder of them");
    }

    /// <summary>For messages, where records of ours lie in a folder's own folders, the most first: <c>; data/records/study has 205, …</c>; empty where there are none.</summary>
    public static string PlacesBelow(string folder)
    {
        var files = Directory.EnumerateFiles(folder, $"*{Parquet}", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint });
        var places = files.GroupBy(file => Path.GetDirectoryName(file)!).OrderByDescending(place => place.Count()).ThenBy(place => place.Key, StringComparer.Ordinal).ToArray();
        return places.Length == 0 ? "" : $"; {string.Join(", ", places.Take(MostPlaces).Select(place => $"{place.Key} has {place.Count()}"))}{(places.Length > MostPlaces ? $", and {places.Length - MostPlaces} more of its folders have some" : "")}";
    }

    private static bool IsRecord(string path) => Path.GetExtension(path).ToLowerInvariant() is Json or Parquet;
}
