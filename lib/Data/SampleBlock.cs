namespace Ndt.Data;

/// <summary>One of the five drawn blocks of a dataset that lie under <c>data/samples/NAME/</c>: 1,500 training and 250 validation images.</summary>
public sealed class SampleBlock
{
    /// <summary>Blocks per dataset. They share no image, so runs on different blocks are independent given the population.</summary>
    public const int Blocks = 5;

    /// <summary>The list of the folder's files with their SHA-256.</summary>
    internal const string ManifestName = "SHA256SUMS";

    private SampleBlock(LabelledImages training, LabelledImages validation, IReadOnlyDictionary<string, Digest> files)
    {
        Training = training;
        Validation = validation;
        Files = files;
    }

    /// <summary>From the dataset's training split, in the order drawn.</summary>
    public LabelledImages Training { get; }

    /// <summary>From the dataset's test split, in the order drawn.</summary>
    public LabelledImages Validation { get; }

    /// <summary>The four files read, with the SHA-256 of each as it lies (packed).</summary>
    public IReadOnlyDictionary<string, Digest> Files { get; }

    /// <summary>The block that a seed trains on: seed modulo 5, never negative.</summary>
    public static int OfSeed(int seed) => ((seed % Blocks) + Blocks) % Blocks;

    /// <summary>
    /// Reads a block of <paramref name="dataset"/> from <paramref name="samplesFolder"/>/NAME. Throws <see cref="InputException"/> where a file is missing,
    /// is not the one that the folder's list of hashes names, or holds other than the drawn shapes.
    /// </summary>
    public static SampleBlock Load(DatasetInfo dataset, int block, string samplesFolder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, Blocks);
        var folder = Path.Combine(samplesFolder, dataset.Name);
        var manifest = HashManifest.Read(Path.Combine(folder, ManifestName));
        var files = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
        var training = LoadPart(folder, manifest, files, dataset, FileName(block, DatasetCatalogue.TrainImages), FileName(block, DatasetCatalogue.TrainLabels), DatasetInfo.TrainingSize);
        var validation = LoadPart(folder, manifest, files, dataset, FileName(block, DatasetCatalogue.TestImages), FileName(block, DatasetCatalogue.TestLabels), dataset.ValidationSize);
        return new SampleBlock(training, validation, files);
    }

    /// <summary>The name of a block's file, after the name of the file it was drawn from.</summary>
    internal static string FileName(int block, string drawnFrom) => $"block{block}-{drawnFrom}.gz";

    private static LabelledImages LoadPart(
        string folder, IReadOnlyDictionary<string, Digest> manifest, SortedDictionary<string, Digest> files, DatasetInfo dataset, string imagesName, string labelsName, int count)
    {
        var imagesPath = Path.Combine(folder, imagesName);
        var images = IdxFile.Read(ReadVerified(imagesPath, manifest, files), imagesPath);
        var labelsPath = Path.Combine(folder, labelsName);
        var labels = IdxFile.Read(ReadVerified(labelsPath, manifest, files), labelsPath);
        var pairs = LabelledImages.Pair(images, imagesPath, labels, labelsPath, dataset.Classes);
        return (pairs.Count, pairs.Height, pairs.Width) == (count, dataset.Height, dataset.Width)
            ? pairs
            : throw new InputException($"{imagesPath}: dimensions [{pairs.Count}, {pairs.Height}, {pairs.Width}]; expected [{count}, {dataset.Height}, {dataset.Width}]");
    }

    private static byte[] ReadVerified(string path, IReadOnlyDictionary<string, Digest> manifest, SortedDictionary<string, Digest> files)
    {
        var name = Path.GetFileName(path);
        if (!manifest.TryGetValue(name, out var expected))
        {
            throw new InputException($"{path}: not in {ManifestName}, which has to name each file of the folder");
        }

        var info = new FileInfo(path);
        if (!info.Exists || info.Length > IdxFile.LargestContent)
        {
            throw new InputException(info.Exists ? $"{path}: {info.Length} bytes; a sample file has at most {IdxFile.LargestContent}" : $"{path}: no such file, but {ManifestName} names it");
        }

        var bytes = InputFile.ReadAllBytes(path);
        var found = Digest.Sha256Of(bytes);
        files[name] = found;
        return found == expected ? bytes : throw new InputException($"{path}: {found}; expected {expected} ({ManifestName}); the file is damaged");
    }
}
