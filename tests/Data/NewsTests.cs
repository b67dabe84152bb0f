using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ndt.Data;

namespace Ndt.Tests.Data;

public sealed class NewsTests
{
    [Fact]
    public void Everything_but_letters_digits_and_white_space_is_removed_before_splitting() =>
        Assert.Equal(["its", "a", "36", "secondteam", "caf", "usa"], NewsArticle.Tokenise("It's a\t#36; \n second\\team -- café, U.S.A."));

    [Fact]
    public void Title_and_description_are_joined_by_a_blank_and_classes_count_from_one()
    {
        var articles = NewsArticle.ReadAll("\"3\",\"Oil up\",\"Down \"\"again\"\"\"\n\"1\",\"x\",\"\"\n"u8, "news.csv", classes: 4);

        Assert.Equal((2, 0), (articles[0].Label, articles[1].Label));
        Assert.Equal(["oil", "up", "down", "again"], articles[0].Tokens);
        Assert.Equal(["x"], articles[1].Tokens);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("World")]
    public void A_class_out_of_range_is_refused_with_its_line(string label)
    {
        var file = Encoding.UTF8.GetBytes($"1,a,b\n{label},c,d\n");

        var error = Assert.Throws<InputException>(() => NewsArticle.ReadAll(file, "news.csv", classes: 4));
        Assert.Equal($"news.csv: line 2: class '{label}'; classes are 1 to 4", error.Message);
    }

    [Fact]
    public void Of_equally_frequent_words_those_that_appear_first_are_kept()
    {
        // Counter("b a c a d b e".split()).most_common(3) in Python: [('b', 2), ('a', 2), ('c', 1)]
        var vocabulary = NewsVocabulary.Build([new NewsArticle(0, ["b", "a", "c"]), new NewsArticle(0, ["a", "d", "b", "e"])], words: 3);

        Assert.Equal([2, 3, 4, 1, 1, 0], Encode(vocabulary, ["b", "a", "c", "d", "new"], length: 6));
        Assert.Equal(5, vocabulary.Size);
    }

    [Fact]
    public void Words_are_counted_the_most_frequent_of_the_vocabulary_first_and_unknown_ones_are_not()
    {
        var vocabulary = NewsVocabulary.Build([new NewsArticle(0, ["b", "a", "c"]), new NewsArticle(0, ["a", "d", "b", "e"])], words: 3);
        float[] counts = [9, 9, 9, 9];
        vocabulary.Count(["a", "new", "a", "c", "d"], counts);

        Assert.Equal([0, 2, 1, 0], counts);
    }

    [Fact]
    public void Counts_of_words_are_of_the_texts_that_the_token_numbers_are_of()
    {
        using var folder = new TemporaryFolder();
        var (dataset, cache) = Fill(folder, train: null, test: Rows("test", 2000));
        var numbers = DatasetLoader.Load(dataset, 3, null, cache);
        var words = DatasetLoader.Load(DatasetCatalogue.AgNewsWords with { Files = dataset.Files }, 3, null, cache);

        Assert.Equal(("ag_news_words", 2000, 4), (words.Dataset, words.InputSize, words.Classes));
        Assert.Equal(numbers.TrainLabels, words.TrainLabels);
        Assert.Equal(numbers.ValidationLabels, words.ValidationLabels);
        Assert.Equal(1500 * 2000, words.TrainInputs.Length);
        Assert.All(Enumerable.Range(0, 1500), i => Assert.Equal(1, words.TrainInputs[i * 2000])); // "common", which each text holds once
        Assert.Equal("ag_news", DatasetCatalogue.AgNewsWords.Folder);
    }

    [Fact]
    public void A_long_text_is_cut_and_an_empty_one_is_all_padding()
    {
        var vocabulary = NewsVocabulary.Build([new NewsArticle(0, ["a"])]);

        Assert.Equal([2, 1], Encode(vocabulary, ["a", "b", "a"], length: 2));
        Assert.Equal([0, 0], Encode(vocabulary, [], length: 2));
    }

    [Fact]
    public void The_test_file_gives_the_vocabulary_and_the_numbers_that_Python_gives()
    {
        // Made with Python 3.11: csv.reader, re.sub(r'[^a-z0-9\s]', '', (title + ' ' + description).lower()).split(), Counter.most_common(5000), SHA-256 of
        // the lines of 100 numbers joined by blanks and line feeds.
        var path = RepositoryPaths.SharedOrSkip("datasets", "ag_news", "test.csv.gz");
        using var file = new MemoryStream();
        using (var packed = File.OpenRead(path))
        {
            Gzip.CopyContent(packed, file, 10_000_000, path);
        }

        var articles = NewsArticle.ReadAll(file.ToArray(), path, classes: 4);
        var vocabulary = NewsVocabulary.Build(articles);
        var lines = articles.Select(article => string.Join(' ', Encode(vocabulary, article.Tokens, 100).Select(id => id.ToString(CultureInfo.InvariantCulture))));

        Assert.Equal([1900, 1900, 1900, 1900], articles.CountBy(article => article.Label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(5002, vocabulary.Size);
        Assert.Equal("f48a1dad4e7d6b6df4502f050235609705161de2fa6c17b73f6d2e1b86347889", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))));
    }

    [Fact]
    public void Where_only_the_test_file_is_at_hand_both_subsets_are_drawn_from_it_disjoint_and_the_provenance_says_so()
    {
        using var folder = new TemporaryFolder();
        var (dataset, cache) = Fill(folder, train: null, test: Rows("test", 2000));

        var data = DatasetLoader.Load(dataset, seed: 4, null, cache);

        Assert.Equal((1500, 300, 100, 1, 1, 100, 4), (data.TrainLabels.Length, data.ValidationLabels.Length, data.InputSize, data.Channels, data.Height, data.Width, data.Classes));
        Assert.Contains("train.csv is not at hand", data.Provenance["data_note"], StringComparison.Ordinal);
        Assert.Equal("4", data.Provenance["data_draw_seed"]);
        // Every row has one word of its own. In the training rows it is known; those of the validation rows were kept out of the vocabulary.
        var own = OwnWords(data.TrainInputs);
        Assert.Equal(1500, own.Distinct().Count());
        Assert.DoesNotContain(1f, own);
        Assert.All(OwnWords(data.ValidationInputs), id => Assert.Equal(1f, id));
    }

    [Fact]
    public void Where_both_files_are_at_hand_training_rows_come_from_the_one_and_validation_rows_from_the_other()
    {
        using var folder = new TemporaryFolder();
        var (dataset, cache) = Fill(folder, train: Rows("train", 1600), test: Rows("test", 320));

        var data = DatasetLoader.Load(dataset, seed: 4, null, cache);

        Assert.Equal(1500, OwnWords(data.TrainInputs).Distinct().Count());
        Assert.All(OwnWords(data.ValidationInputs), id => Assert.Equal(1f, id));
        Assert.Contains("vocabulary from all of train.csv", data.Provenance["data_note"], StringComparison.Ordinal);
        Assert.True(data.Provenance.ContainsKey("data_sha256 train.csv") && data.Provenance.ContainsKey("data_sha256 test.csv"));
        Assert.Equal(data.TrainInputs, DatasetLoader.Load(dataset, seed: 4, null, cache).TrainInputs);
        Assert.NotEqual(data.TrainInputs, DatasetLoader.Load(dataset, seed: 5, null, cache).TrainInputs);
    }

    [Fact]
    public void Too_few_rows_are_refused()
    {
        using var folder = new TemporaryFolder();
        var (dataset, cache) = Fill(folder, train: null, test: Rows("test", 1799));

        Assert.Contains("1799 examples; at least 1800 are needed", Assert.Throws<InputException>(() => DatasetLoader.Load(dataset, 0, null, cache)).Message, StringComparison.Ordinal);
    }

    // Row i reads "common PREFIXi": one word that all rows share and one that is only its own.
    private static string Rows(string prefix, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"\"{(i % 4) + 1}\",\"Common\",\"{prefix}{i}\"\n"));

    private static float[] OwnWords(float[] inputs) => [.. Enumerable.Range(0, inputs.Length / 100).Select(i => inputs[(i * 100) + 1])];

    private static (DatasetInfo Dataset, DatasetCache Cache) Fill(TemporaryFolder folder, string? train, string test)
    {
        var dataset = DatasetCatalogue.AgNews with { Files = [Entry("test.csv", test), Entry("train.csv", train ?? "absent") with { Optional = true }] };
        var cache = new DatasetCache(folder.PathOf("cache"));
        foreach (var (file, text) in dataset.Files.Zip([test, train]))
        {
            if (text is not null)
            {
                File.WriteAllText(folder.PathOf("candidate"), text);
                cache.Put(dataset, file, folder.PathOf("candidate"));
            }
        }

        return (dataset, cache);
    }

    private static DatasetFile Entry(string name, string text) => new() { Name = name, Content = Digest.Sha256Of(Encoding.UTF8.GetBytes(text)) };

    private static float[] Encode(NewsVocabulary vocabulary, IReadOnlyList<string> tokens, int length)
    {
        var ids = new float[length];
        vocabulary.Encode(tokens, ids);
        return ids;
    }
}
