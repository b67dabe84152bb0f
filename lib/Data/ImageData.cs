namespace Ndt.Data;

/// <summary>Labelled images as training data.</summary>
internal static class ImageData
{
    /// <summary>The training and validation images of a committed block.</summary>
    public static TrainingData FromBlock(DatasetInfo dataset, int number, string samplesFolder)
    {
        var block = SampleBlock.Load(dataset, number, samplesFolder);
        var provenance = new DataProvenance().Block(number)
            .Note($"sample block {number} of 0 to {SampleBlock.Blocks - 1}, drawn with seed {SampleDrawing.Seed} from the full dataset: training images from its training split, validation images from its test split");
        foreach (var (name, hash) in block.Files)
        {
            provenance.File(name, hash);
        }

        return Assemble(dataset, block.Training, block.Validation, provenance);
    }

    /// <summary>Images drawn by the seed from the fetched files (in the catalogue's order: training images and labels, test images and labels): training examples first, then validation examples from the test split.</summary>
    public static TrainingData Draw(DatasetInfo dataset, int seed, DatasetCache cache)
    {
        var training = CachedImages.Read(dataset, cache, dataset.Files[0].Name, dataset.Files[1].Name);
        var validation = CachedImages.Read(dataset, cache, dataset.Files[2].Name, dataset.Files[3].Name);
        var provenance = new DataProvenance().DrawSeed(seed).Note("training images drawn from the training split, validation images from the test split");
        foreach (var file in training.Files.Concat(validation.Files))
        {
            provenance.File(file.Name, file.Sha256);
        }

        var draw = new SeededDraw(seed);
        return Assemble(
            dataset,
            Take(training, draw, DatasetInfo.TrainingSize),
            Take(validation, draw, dataset.ValidationSize),
            provenance);
    }

    /// <summary>Training images drawn by the seed from the fetched files, at most as many as there are; the validation images are those of the seed's committed block.</summary>
    public static TrainingData DrawTraining(DatasetInfo dataset, int seed, DatasetCache cache, int count, string samplesFolder)
    {
        var training = CachedImages.Read(dataset, cache, dataset.Files[0].Name, dataset.Files[1].Name);
        var number = SampleBlock.OfSeed(seed);
        var block = SampleBlock.Load(dataset, number, samplesFolder);
        var taken = Math.Min(count, training.Images.Count);
        var provenance = new DataProvenance().DrawSeed(seed).Note(
            $"{taken.ToString(System.Globalization.CultureInfo.InvariantCulture)} training images drawn from the training split; validation images of sample block {number}, from the test split");
        foreach (var file in training.Files)
        {
            provenance.File(file.Name, file.Sha256);
        }

        foreach (var name in new[] { DatasetCatalogue.TestImages, DatasetCatalogue.TestLabels }.Select(file => SampleBlock.FileName(number, file)))
        {
            provenance.File(name, block.Files[name]);
        }

        return Assemble(dataset, Take(training, new SeededDraw(seed), taken), block.Validation, provenance);
    }

    private static LabelledImages Take(CachedImages split, SeededDraw draw, int count) =>
        split.Images.Select(draw.Take(count, split.Images.Count, split.Files[0].Path));

    private static TrainingData Assemble(DatasetInfo dataset, LabelledImages training, LabelledImages validation, DataProvenance provenance) => new()
    {
        Dataset = dataset.Name,
        TrainInputs = PixelScaling.Normalise(training.Pixels, dataset.Mean, dataset.StandardDeviation),
        TrainLabels = [.. training.Labels.Select(label => (long)label)],
        ValidationInputs = PixelScaling.Normalise(validation.Pixels, dataset.Mean, dataset.StandardDeviation),
        ValidationLabels = [.. validation.Labels.Select(label => (long)label)],
        InputSize = dataset.InputSize,
        Channels = dataset.Channels,
        Height = dataset.Height,
        Width = dataset.Width,
        Classes = dataset.Classes,
        Provenance = provenance.Entries,
    };
}
