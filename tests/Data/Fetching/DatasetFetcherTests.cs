using Ndt.Data;
using Ndt.Data.Fetching;

namespace Ndt.Tests.Data.Fetching;

public sealed class DatasetFetcherTests : IDisposable
{
    private static readonly byte[] First = [1, 2, 3];
    private static readonly byte[] Second = [4, 5, 6, 7];
    private static readonly byte[] Extra = [8];

    private static readonly DatasetInfo Dataset = TinyDataset.Of(
        new DatasetFile { Name = "first", Bytes = 3, Content = Digest.Sha256Of(First) },
        new DatasetFile { Name = "second", Bytes = 4, Content = Digest.Sha256Of(Second) },
        new DatasetFile { Name = "extra", Bytes = 1, Content = Digest.Sha256Of(Extra), Optional = true });

    private readonly TemporaryFolder folder = new();
    private readonly DatasetCache cache;
    private readonly List<string> told = [];
    private readonly DatasetFetcher fetcher;

    public DatasetFetcherTests()
    {
        cache = new DatasetCache(folder.PathOf("cache"));
        fetcher = new DatasetFetcher(cache, told.Add);
        Directory.CreateDirectory(folder.PathOf("from"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_found_by_name_raw_or_packed_in_the_folder_or_the_dataset_s_below_it()
    {
        Give("first.gz", Gzip.Pack(First));
        Give("tiny/second", Second);
        Give("extra", Extra);

        fetcher.FetchFrom(Dataset, folder.PathOf("from"), TestContext.Current.CancellationToken);

        Assert.All(Dataset.Files, file => Assert.True(cache.Holds(Dataset, file)));
    }

    [Fact]
    public void A_wrong_file_is_refused_and_nothing_of_the_folder_is_taken()
    {
        Give("first", First);
        Give("second", [4, 5, 6, 8]);

        var error = Assert.Throws<InputException>(() => fetcher.FetchFrom(Dataset, folder.PathOf("from"), TestContext.Current.CancellationToken));
        Assert.Contains(Digest.Sha256Of([4, 5, 6, 8]).Hex, error.Message, StringComparison.Ordinal);
        Assert.Contains(Digest.Sha256Of(Second).Hex, error.Message, StringComparison.Ordinal);
        AssertCacheHasOnly();
    }

    [Fact]
    public void A_missing_file_is_refused_with_the_names_looked_for()
    {
        Give("first", First);

        var error = Assert.Throws<InputException>(() => fetcher.FetchFrom(Dataset, folder.PathOf("from"), TestContext.Current.CancellationToken));
        Assert.Contains("neither second nor second.gz", error.Message, StringComparison.Ordinal);
        AssertCacheHasOnly();
    }

    [Fact]
    public void A_missing_folder_is_refused() =>
        Assert.Contains("no such folder", Assert.Throws<InputException>(() => fetcher.FetchFrom(Dataset, folder.PathOf("nowhere"), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_an_optional_file_the_rest_is_enough_and_the_user_is_told()
    {
        Give("first", First);
        Give("second", Second);

        fetcher.FetchFrom(Dataset, folder.PathOf("from"), TestContext.Current.CancellationToken);

        AssertCacheHasOnly("first", "second");
        Assert.Contains(told, line => line.Contains("extra", StringComparison.Ordinal) && line.Contains("enough to train", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_source_has_its_turn_where_one_fails_or_has_another_file()
    {
        var unreachable = new FakeSource("publisher");
        var wrong = new FakeSource("mirror") { ["first"] = First, ["second"] = [0, 0, 0, 0] };
        var good = new FakeSource("package") { ["second"] = Gzip.Pack(Second), ["extra"] = Extra };

        await fetcher.FetchAsync(Dataset, [unreachable, wrong, good], TestContext.Current.CancellationToken);

        Assert.All(Dataset.Files, file => Assert.True(cache.Holds(Dataset, file)));
        Assert.Equal(["first"], unreachable.Asked);
        Assert.Equal(["first", "second"], wrong.Asked);
        Assert.Equal(["second", "extra"], good.Asked);
        AssertCacheHasOnly("first", "second", "extra");
    }

    [Fact]
    public async Task Where_no_source_has_a_needed_file_the_error_lists_what_was_tried_and_the_way_by_hand()
    {
        var error = await Assert.ThrowsAsync<WorkFailedException>(() =>
            fetcher.FetchAsync(Dataset, [new FakeSource("publisher"), new FakeSource("package")], TestContext.Current.CancellationToken));

        Assert.Contains("publisher (first is not here); package (first is not here)", error.Message, StringComparison.Ordinal);
        Assert.Contains("ndt fetch tiny --from DIR", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(told, line => line.Contains("enough to train", StringComparison.Ordinal));
        AssertCacheHasOnly();
    }

    [Fact]
    public async Task What_is_there_is_not_fetched_again_and_what_is_damaged_is()
    {
        var source = new FakeSource("package") { ["first"] = First, ["second"] = Second, ["extra"] = Extra };
        await fetcher.FetchAsync(Dataset, [source], TestContext.Current.CancellationToken);
        File.WriteAllBytes(cache.PathOf(Dataset, Dataset.Files[1]), [0, 0, 0, 0]);
        source.Asked.Clear();

        await fetcher.FetchAsync(Dataset, [source], TestContext.Current.CancellationToken);

        Assert.Equal(["second"], source.Asked);
        Assert.True(cache.Holds(Dataset, Dataset.Files[1]));
    }

    private void Give(string name, byte[] content)
    {
        var path = folder.PathOf("from", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private void AssertCacheHasOnly(params string[] names) =>
        Assert.Equal(
            names.Order(),
            Directory.Exists(folder.PathOf("cache")) ? Directory.GetFiles(folder.PathOf("cache"), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order() : []);

    /// <summary>A source that has the files it was given and remembers what it was asked for.</summary>
    private sealed class FakeSource(string description) : Dictionary<string, byte[]>, IFileSource
    {
        public string Description => description;

        public List<string> Asked { get; } = [];

        public Task<string> ObtainAsync(DatasetFile file, string workFolder, CancellationToken cancellation)
        {
            Asked.Add(file.Name);
            if (!TryGetValue(file.Name, out var content))
            {
                throw new WorkFailedException($"{file.Name} is not here");
            }

            var path = Path.Combine(workFolder, file.Name);
            File.WriteAllBytes(path, content);
            return Task.FromResult(path);
        }
    }
}
