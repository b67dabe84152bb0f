namespace Ndt.Data;

/// <summary>Loads what a run trains on.</summary>
public static class DatasetLoader
{
    /// <summary>
    /// The training and validation subset of a seed. <c>mnist</c> and <c>fashion_mnist</c> come from the committed sample blocks (block = seed modulo 5);
    /// <c>qmnist</c>, <c>ag_news</c> and <c>ag_news_words</c> are drawn by the seed, without replacement, from the fetched files.
    /// </summary>
    /// <param name="dataset">Name in the <see cref="DatasetCatalogue"/>.</param>
    /// <param name="seed">Any integer. The same seed gives the same examples in the same order.</param>
    /// <param name="dataFolder">The folder that holds <c>samples/</c>; by default <see cref="ProjectFolder.Inputs"/>.</param>
    /// <param name="trainingExamples">
    /// As many training images, drawn by the seed from the fetched files (no more than there are), with the validation images of the committed block, so that what is measured
    /// stays the same; null for the study's subset.
    /// </param>
    /// <exception cref="InputException">
    /// The dataset is unknown, is not there (the message says which command fetches it), or a file is damaged; <paramref name="trainingExamples"/> is given for one without committed blocks.
    /// </exception>
    public static TrainingData Load(string dataset, int seed, string? dataFolder = null, int? trainingExamples = null) =>
        Load(DatasetCatalogue.Get(dataset), seed, dataFolder, DatasetCache.Default, trainingExamples);

    internal static TrainingData Load(DatasetInfo dataset, int seed, string? dataFolder, DatasetCache cache, int? trainingExamples = null) => dataset switch
    {
        { HasSamples: true } when trainingExamples is { } count => ImageData.DrawTraining(dataset, seed, cache, count, Path.Combine(dataFolder ?? ProjectFolder.Inputs, "samples")),
        _ when trainingExamples is not null => throw new InputException($"dataset {dataset.Name} has one training subset, of {DatasetInfo.TrainingSize}; other sizes are drawn of {string.Join(", ", DatasetCatalogue.All.Where(known => known.HasSamples).Select(known => known.Name))}"),
        { HasSamples: true } => ImageData.FromBlock(dataset, SampleBlock.OfSeed(seed), Path.Combine(dataFolder ?? ProjectFolder.Inputs, "samples")),
        { Folder: "ag_news" } => NewsData.Draw(dataset, seed, cache),
        _ => ImageData.Draw(dataset, seed, cache),
    };
}
