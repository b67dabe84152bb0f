using Ndt.Data;

namespace Ndt.Tests.Data;

public sealed class DatasetLoaderTests
{
    [Theory]
    [InlineData("mnist")]
    [InlineData("fashion_mnist")]
    public void The_five_blocks_have_the_study_s_sizes_and_share_no_image(string name)
    {
        var dataset = DatasetCatalogue.Get(name);
        var training = new HashSet<string>();
        var validation = new HashSet<string>();
        for (var seed = 0; seed < SampleBlock.Blocks; seed++)
        {
            var data = DatasetLoader.Load(name, seed);

            Assert.Equal(1500 * 784, data.TrainInputs.Length);
            Assert.Equal(1500, data.TrainLabels.Length);
            Assert.Equal(250 * 784, data.ValidationInputs.Length);
            Assert.Equal(250, data.ValidationLabels.Length);
            Assert.Equal((1, 28, 28, 784, 10), (data.Channels, data.Height, data.Width, data.InputSize, data.Classes));
            Assert.Equal(10, data.TrainLabels.Concat(data.ValidationLabels).Distinct().Count());

            var block = SampleBlock.Load(dataset, seed, ProjectFolder.Data + "/samples");
            AddImages(training, block.Training);
            AddImages(validation, block.Validation);
        }

        // Both full sets hold a few images twice, so equal pixels need not mean one image drawn twice; none of those was drawn.
        Assert.Equal(7500, training.Count);
        Assert.Equal(1250, validation.Count);
        Assert.Empty(training.Intersect(validation));
    }

    [Theory]
    [InlineData("mnist", 0.1307f, 0.3081f)]
    [InlineData("fashion_mnist", 0.2860f, 0.3530f)]
    public void Inputs_are_normalised_by_the_dataset_s_mean_and_deviation(string name, float mean, float deviation)
    {
        var data = DatasetLoader.Load(name, seed: 0);

        Assert.Equal((0f - mean) / deviation, data.TrainInputs.Min());
        Assert.Equal((1f - mean) / deviation, data.TrainInputs.Max());
        // The constants are the full set's, so a sample of 1.2 million pixels has about mean 0 and variance 1.
        Assert.Equal(0, data.TrainInputs.Average(x => (double)x), tolerance: 0.02);
        Assert.Equal(1, data.TrainInputs.Average(x => (double)x * x), tolerance: 0.04);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 2)]
    [InlineData(-1, 4)]
    [InlineData(int.MinValue, 2)]
    [InlineData(int.MaxValue, 2)]
    public void A_seed_means_the_block_of_its_remainder_by_five(int seed, int block)
    {
        Assert.Equal(block, SampleBlock.OfSeed(seed));
        Assert.Equal(block.ToString(System.Globalization.CultureInfo.InvariantCulture), DatasetLoader.Load("mnist", seed).Provenance["data_block"]);
    }

    [Fact]
    public void The_provenance_names_the_files_by_hash()
    {
        var provenance = DatasetLoader.Load("mnist", seed: 3).Provenance;

        Assert.Equal(4, provenance.Count(entry => entry.Key.StartsWith("data_sha256 block3-", StringComparison.Ordinal) && entry.Value.Length == 64));
        Assert.Contains("seed 2025", provenance["data_note"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_dataset_is_refused_with_the_known_names() =>
        Assert.Contains("mnist, fashion_mnist, qmnist, ag_news", Assert.Throws<InputException>(() => DatasetLoader.Load("cifar", seed: 0)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("qmnist")]
    [InlineData("ag_news")]
    public void A_dataset_that_is_not_in_the_cache_is_refused_with_the_command_that_fetches_it(string name)
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<InputException>(() => DatasetLoader.Load(DatasetCatalogue.Get(name), 0, null, new DatasetCache(folder.Root)));
        Assert.Contains($"ndt fetch {name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_training_images_are_drawn_from_the_fetched_files_and_the_validation_images_stay()
    {
        Assert.SkipUnless(DatasetCatalogue.Mnist.Files.All(file => DatasetCache.Default.Holds(DatasetCatalogue.Mnist, file)), "mnist is not in the cache (ndt fetch mnist)");
        var (study, some, all) = (DatasetLoader.Load("mnist", seed: 2), DatasetLoader.Load("mnist", seed: 2, trainingExamples: 3000), DatasetLoader.Load("mnist", seed: 2, trainingExamples: int.MaxValue));
        Assert.Equal((3000, 60000), (some.TrainLabels.Length, all.TrainLabels.Length));
        Assert.Equal(study.ValidationInputs, all.ValidationInputs);
        Assert.Equal(some.TrainLabels, DatasetLoader.Load("mnist", seed: 2, trainingExamples: 3000).TrainLabels);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Enumerable.Range(0, 10).Select(digit => all.TrainLabels.Count(label => label == digit))); // of MNIST's training split
        Assert.Contains("60000 training images", all.Provenance["data_note"], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_training_images_is_refused_where_there_is_one_subset_and_where_the_files_are_not_fetched()
    {
        Assert.Contains("other sizes are drawn of mnist, fashion_mnist", Assert.Throws<InputException>(() => DatasetLoader.Load("ag_news", seed: 0, trainingExamples: 12000)).Message, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        Assert.Contains("ndt fetch mnist", Assert.Throws<InputException>(() => DatasetLoader.Load(DatasetCatalogue.Mnist, 0, null, new DatasetCache(folder.Root), 12000)).Message, StringComparison.Ordinal);
    }

    private static void AddImages(HashSet<string> seen, LabelledImages images)
    {
        for (var i = 0; i < images.Count; i++)
        {
            seen.Add(Convert.ToHexString(images.Pixels.Slice(i * 784, 784)));
        }
    }
}
