namespace Ndt.Data;

/// <summary>The study's four datasets, and a fifth that is another view of one of them. Normalisation, validation sizes and inputs are those of its runs; hashes are the publishers' files'.</summary>
public static class DatasetCatalogue
{
    /// <summary>The names of the image files that MNIST and Fashion-MNIST share, and of their label files.</summary>
    internal const string TrainImages = "train-images-idx3-ubyte";
    internal const string TrainLabels = "train-labels-idx1-ubyte";
    internal const string TestImages = "t10k-images-idx3-ubyte";
    internal const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>MNIST: handwritten digits.</summary>
    public static DatasetInfo Mnist { get; } = new()
    {
        Name = "mnist",
        Files = DigitFiles(
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        Channels = 1,
        Height = 28,
        Width = 28,
        Classes = 10,
        ValidationSize = 250,
        Mean = 0.1307f,
        StandardDeviation = 0.3081f,
        Licence = "CC BY-SA 3.0",
        Source = "MNIST, Yann LeCun and Corinna Cortes",
        HasSamples = true,
    };

    /// <summary>Fashion-MNIST: articles of clothing.</summary>
    public static DatasetInfo FashionMnist { get; } = Mnist with
    {
        Name = "fashion_mnist",
        Files = DigitFiles(
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        Mean = 0.2860f,
        StandardDeviation = 0.3530f,
        Licence = "MIT",
        Source = "Fashion-MNIST, Zalando SE",
    };

    /// <summary>QMNIST: MNIST's digits rebuilt, with 60,000 test images.</summary>
    public static DatasetInfo Qmnist { get; } = Mnist with
    {
        Name = "qmnist",
        Files =
        [
            QmnistFile("qmnist-train-images-idx3-ubyte", 47_040_016, "ed72d4157d28c017586c42bc6afe6370"),
            QmnistFile("qmnist-train-labels-idx2-int", 1_920_012, "0058f8dd561b90ffdd0f734c6a30e5e4"),
            QmnistFile("qmnist-test-images-idx3-ubyte", 47_040_016, "1394631089c404de565df7b7aeaf9412"),
            QmnistFile("qmnist-test-labels-idx2-int", 1_920_012, "5b5b05890a5e13444e108efe57b788aa"),
        ],
        ValidationSize = 300,
        Licence = "BSD 3-clause",
        Source = "QMNIST, Chhavi Yadav and Léon Bottou (GitHub facebookresearch/qmnist)",
        HasSamples = false,
    };

    /// <summary>AG News: four classes of news texts, as 100 token ids.</summary>
    public static DatasetInfo AgNews { get; } = new()
    {
        Name = "ag_news",
        Files =
        [
            new() { Name = "test.csv", Bytes = 1_857_427, Content = Digest.Sha256("521465c2428ed7f02f8d6db6ffdd4b5447c1c701962353eb2c40d548c3c85699") },
            new() { Name = "train.csv", Content = Digest.Md5("b1a00f826fdfbd249f79597b59e1dc12"), Optional = true },
        ],
        Channels = 1,
        Height = 1,
        Width = 100,
        Classes = 4,
        ValidationSize = 300,
        Licence = "research and other non-commercial use; its text may not be redistributed",
        Source = "AG's corpus of news articles, the classification set of Xiang Zhang (GitHub mhjabreel/CharCnn_Keras)",
    };

    /// <summary>
    /// AG News as something that can be learnt: how often each of the 2,000 most frequent words stands in a text. The same texts in the same order as <see cref="AgNews"/>'s of a seed, a control for
    /// its token numbers, on which no network of the study learnt anything.
    /// </summary>
    public static DatasetInfo AgNewsWords { get; } = AgNews with { Name = "ag_news_words", FilesOf = AgNews.Name, Width = 2000 };

    /// <summary>All datasets, in the study's order; what is not the study's comes last.</summary>
    public static IReadOnlyList<DatasetInfo> All { get; } = [Mnist, FashionMnist, Qmnist, AgNews, AgNewsWords];

    /// <summary>The dataset of a name; throws <see cref="InputException"/> naming the known ones.</summary>
    public static DatasetInfo Get(string name) =>
        All.FirstOrDefault(dataset => dataset.Name == name)
        ?? throw new InputException($"unknown dataset {Printable.Quote(name)}; known: {string.Join(", ", All.Select(dataset => dataset.Name))}{Nearest.Proposal(name, [.. All.Select(dataset => dataset.Name)])}");

    private static DatasetFile[] DigitFiles(string trainImages, string trainLabels, string testImages, string testLabels) =>
    [
        new() { Name = TrainImages, Bytes = 47_040_016, Content = Digest.Sha256(trainImages) },
        new() { Name = TrainLabels, Bytes = 60_008, Content = Digest.Sha256(trainLabels) },
        new() { Name = TestImages, Bytes = 7_840_016, Content = Digest.Sha256(testImages) },
        new() { Name = TestLabels, Bytes = 10_008, Content = Digest.Sha256(testLabels) },
    ];

    private static DatasetFile QmnistFile(string name, long bytes, string md5) => new() { Name = name, Bytes = bytes, Packed = Digest.Md5(md5) };
}
