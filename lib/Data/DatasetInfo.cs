namespace Ndt.Data;

/// <summary>What is known of a dataset: its files, its shape, the subsets the study took, and where it comes from.</summary>
public sealed record DatasetInfo
{
    /// <summary>Training examples of every run of the study.</summary>
    public const int TrainingSize = 1500;

    /// <summary>Name on the command line and in records: <c>mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The dataset whose files these are, where it is another view of one; null for one of its own.</summary>
    public string? FilesOf { get; init; }

    /// <summary>The folder of its files in the cache, and the name to fetch them by.</summary>
    public string Folder => FilesOf ?? Name;

    /// <summary>Its files.</summary>
    public required IReadOnlyList<DatasetFile> Files { get; init; }

    /// <summary>Numbers per example.</summary>
    public int InputSize => Channels * Height * Width;

    /// <summary>Channels of an image; 1 where the input is a vector.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of an image; 1 where the input is a vector.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of an image; the input size where the input is a vector.</summary>
    public required int Width { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Examples in the study's validation subset.</summary>
    public required int ValidationSize { get; init; }

    /// <summary>Subtracted from pixels in 0 … 1; 0 where inputs are not normalised.</summary>
    public float Mean { get; init; }

    /// <summary>Pixels less the mean are divided by it; 1 where inputs are not normalised.</summary>
    public float StandardDeviation { get; init; } = 1;

    /// <summary>The terms of use, in a few words.</summary>
    public required string Licence { get; init; }

    /// <summary>Who published it and where, for people.</summary>
    public required string Source { get; init; }

    /// <summary>Whether five drawn blocks of it are committed under <c>data/samples/</c>, so that training needs no download.</summary>
    public bool HasSamples { get; init; }

    /// <summary>The file called <paramref name="name"/>.</summary>
    public DatasetFile File(string name) => Files.Single(file => file.Name == name);
}
