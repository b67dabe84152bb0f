namespace Ndt.Data;

/// <summary>AG News as training data: drawn by seed from the fetched files; texts as token numbers, or as counts of words (<see cref="DatasetCatalogue.AgNewsWords"/>).</summary>
internal static class NewsData
{
    private const string TrainFile = "train.csv";
    private const string TestFile = "test.csv";

    /// <summary>
    /// Training examples from train.csv, validation examples from test.csv, the vocabulary from all of train.csv. Where train.csv was not fetched both are drawn from test.csv,
    /// disjoint, and the vocabulary comes from all its rows but the validation ones; the provenance says so.
    /// </summary>
    public static TrainingData Draw(DatasetInfo dataset, int seed, DatasetCache cache)
    {
        var test = cache.Read(dataset, dataset.File(TestFile));
        var testArticles = NewsArticle.ReadAll(test.Bytes, test.Path, dataset.Classes);
        var provenance = new DataProvenance().DrawSeed(seed).File(test.Name, test.Sha256);
        return File.Exists(cache.PathOf(dataset, dataset.File(TrainFile)))
            ? FromBoth(dataset, seed, cache.Read(dataset, dataset.File(TrainFile)), testArticles, test.Path, provenance)
            : FromTestAlone(dataset, seed, testArticles, test.Path, provenance);
    }

    private static TrainingData FromBoth(DatasetInfo dataset, int seed, CachedFile train, NewsArticle[] testArticles, string testPath, DataProvenance provenance)
    {
        var trainArticles = NewsArticle.ReadAll(train.Bytes, train.Path, dataset.Classes);
        var draw = new SeededDraw(seed);
        var training = Rows(trainArticles, draw.Take(DatasetInfo.TrainingSize, trainArticles.Length, train.Path));
        var validation = Rows(testArticles, draw.Take(dataset.ValidationSize, testArticles.Length, testPath));
        provenance.File(train.Name, train.Sha256).Note("training rows drawn from train.csv, validation rows from test.csv, vocabulary from all of train.csv");
        return Assemble(dataset, training, validation, VocabularyOf(dataset, trainArticles), provenance);
    }

    private static TrainingData FromTestAlone(DatasetInfo dataset, int seed, NewsArticle[] articles, string path, DataProvenance provenance)
    {
        var rows = new SeededDraw(seed).Take(DatasetInfo.TrainingSize + dataset.ValidationSize, articles.Length, path);
        var (training, validation) = (rows[..DatasetInfo.TrainingSize], rows[DatasetInfo.TrainingSize..]);
        var heldOut = validation.ToHashSet();
        var vocabulary = VocabularyOf(dataset, articles.Where((_, row) => !heldOut.Contains(row)));
        provenance.Note("train.csv is not at hand: training and validation rows drawn from test.csv, disjoint, vocabulary from its rows outside the validation subset");
        return Assemble(dataset, Rows(articles, training), Rows(articles, validation), vocabulary, provenance);
    }

    private static NewsArticle[] Rows(NewsArticle[] articles, int[] indices) => Array.ConvertAll(indices, i => articles[i]);

    private static TrainingData Assemble(DatasetInfo dataset, NewsArticle[] training, NewsArticle[] validation, NewsVocabulary vocabulary, DataProvenance provenance) => new()
    {
        Dataset = dataset.Name,
        TrainInputs = Encode(training, vocabulary, dataset),
        TrainLabels = Array.ConvertAll(training, article => (long)article.Label),
        ValidationInputs = Encode(validation, vocabulary, dataset),
        ValidationLabels = Array.ConvertAll(validation, article => (long)article.Label),
        InputSize = dataset.InputSize,
        Channels = dataset.Channels,
        Height = dataset.Height,
        Width = dataset.Width,
        Classes = dataset.Classes,
        Provenance = provenance.Entries,
    };

    private static bool Counts(DatasetInfo dataset) => dataset.Name == DatasetCatalogue.AgNewsWords.Name;

    private static NewsVocabulary VocabularyOf(DatasetInfo dataset, IEnumerable<NewsArticle> articles) =>
        Counts(dataset) ? NewsVocabulary.Build(articles, dataset.InputSize) : NewsVocabulary.Build(articles);

    private static float[] Encode(NewsArticle[] articles, NewsVocabulary vocabulary, DatasetInfo dataset)
    {
        var inputs = new float[articles.Length * dataset.InputSize];
        for (var i = 0; i < articles.Length; i++)
        {
            var target = inputs.AsSpan(i * dataset.InputSize, dataset.InputSize);
            if (Counts(dataset))
            {
                vocabulary.Count(articles[i].Tokens, target);
            }
            else
            {
                vocabulary.Encode(articles[i].Tokens, target);
            }
        }

        return inputs;
    }
}
