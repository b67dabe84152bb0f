using System.Security.Cryptography;
using Ndt.Data;

namespace Ndt.Tests.Data;

public sealed class DatasetCacheTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i))];
    private static readonly DatasetInfo Dataset = TinyDataset.OfFile("part", Content);
    private readonly TemporaryFolder folder = new();
    private readonly DatasetCache cache;

    public DatasetCacheTests() => cache = new DatasetCache(folder.PathOf("cache"));

    private static DatasetFile File => Dataset.Files[0];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_raw_copy_and_a_packed_one_end_up_the_same()
    {
        foreach (var copy in new[] { Content, Gzip.Pack(Content) })
        {
            cache.Put(Dataset, File, Candidate(copy));

            Assert.True(cache.Holds(Dataset, File));
            Assert.Equal(Content, cache.Read(Dataset, File).Bytes);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), cache.Read(Dataset, File).Sha256.Hex);
        }
    }

    [Fact]
    public void A_wrong_hash_is_refused_with_both_hashes_and_leaves_the_cache_as_it_was()
    {
        byte[] altered = [.. Content];
        altered[500] ^= 1;

        var message = AssertRefused(altered);
        Assert.Contains($"SHA256 {Digest.Sha256Of(altered).Hex}; expected SHA256 {File.Content!.Hex} (tiny part)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_length_is_refused() => Assert.Contains("999 bytes of content; tiny part has 1000", AssertRefused([.. Content.SkipLast(1)]), StringComparison.Ordinal);

    [Fact]
    public void What_unpacks_to_more_than_the_file_can_have_is_stopped_there() =>
        Assert.Contains("longer than 1000 bytes", AssertRefused(Gzip.Pack(new byte[50_000_000])), StringComparison.Ordinal);

    [Fact]
    public void A_packed_copy_cut_off_is_refused() => AssertRefused([.. Gzip.Pack(Content).SkipLast(100)]);

    [Fact]
    public void A_file_altered_in_the_cache_no_longer_counts()
    {
        cache.Put(Dataset, File, Candidate(Content));
        var path = cache.PathOf(Dataset, File);
        var bytes = System.IO.File.ReadAllBytes(path);
        bytes[3] ^= 1;
        System.IO.File.WriteAllBytes(path, bytes);

        Assert.False(cache.Holds(Dataset, File));
        var message = Assert.Throws<InputException>(() => cache.Read(Dataset, File)).Message;
        Assert.Contains("the file was altered", message, StringComparison.Ordinal);
        Assert.Contains("ndt fetch tiny", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_in_the_cache_no_longer_counts()
    {
        cache.Put(Dataset, File, Candidate(Content));
        System.IO.File.WriteAllBytes(cache.PathOf(Dataset, File), Content[..10]);

        Assert.False(cache.Holds(Dataset, File));
        Assert.Throws<InputException>(() => cache.Read(Dataset, File));
    }

    [Fact]
    public void Of_several_files_all_are_taken_or_none()
    {
        byte[] other = [1, 2, 3];
        var dataset = TinyDataset.Of(File, new DatasetFile { Name = "other", Bytes = 3, Content = Digest.Sha256Of(other) });
        var good = Candidate(Content);

        Assert.Throws<InputException>(() => cache.Put(dataset, new Dictionary<DatasetFile, string> { [File] = good, [dataset.Files[1]] = good }, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(dataset.Files, file => cache.Holds(dataset, file));
        AssertNothingLeft();

        cache.Put(dataset, new Dictionary<DatasetFile, string> { [File] = good, [dataset.Files[1]] = Candidate(other) }, TestContext.Current.CancellationToken);
        Assert.All(dataset.Files, file => Assert.True(cache.Holds(dataset, file)));
    }

    [Fact]
    public void Where_only_the_publisher_s_packed_hash_is_known_that_copy_is_needed_and_its_content_is_then_vouched_for()
    {
        var packed = Gzip.Pack(Content);
        var dataset = PackedDataset(packed);
        var file = dataset.Files[0];

        Assert.Contains("not gzip", Assert.Throws<InputException>(() => cache.Put(dataset, file, Candidate(Content))).Message, StringComparison.Ordinal);
        byte[] repacked = [.. packed];
        repacked[9] ^= 1;
        Assert.Contains("expected MD5", Assert.Throws<InputException>(() => cache.Put(dataset, file, Candidate(repacked))).Message, StringComparison.Ordinal);
        Assert.False(cache.Holds(dataset, file));

        cache.Put(dataset, file, Candidate(packed));
        Assert.True(cache.Holds(dataset, file));
        Assert.Equal(Content, cache.Read(dataset, file).Bytes);
    }

    [Fact]
    public void A_file_that_nothing_vouches_for_does_not_count()
    {
        var dataset = PackedDataset(Gzip.Pack(Content));
        var file = dataset.Files[0];
        cache.Put(dataset, file, Candidate(Gzip.Pack(Content)));
        System.IO.File.Delete(cache.PathOf(dataset, file) + ".sha256");

        Assert.False(cache.Holds(dataset, file));
        Assert.Contains(".sha256", Assert.Throws<InputException>(() => cache.Read(dataset, file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_fetch_at_once_do_not_harm_each_other()
    {
        var candidate = Candidate(Gzip.Pack(Content));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                cache.Put(Dataset, File, candidate);
                Assert.Equal(Content, cache.Read(Dataset, File).Bytes);
                cache.Put(Dataset, new Dictionary<DatasetFile, string> { [File] = candidate });
                Assert.True(cache.Holds(Dataset, File));
            }
        })));
        Assert.Equal([cache.PathOf(Dataset, File)], Directory.GetFiles(folder.PathOf("cache"), "*", SearchOption.AllDirectories));
    }

    private static DatasetInfo PackedDataset(byte[] packed) =>
        TinyDataset.Of(new DatasetFile { Name = "part", Bytes = Content.Length, Packed = Digest.Md5("").OfSameKind(packed) });

    private string Candidate(byte[] bytes)
    {
        var path = folder.PathOf($"candidate-{Guid.NewGuid():N}");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    private string AssertRefused(byte[] bytes)
    {
        var candidate = Candidate(bytes);
        var error = Assert.Throws<InputException>(() => cache.Put(Dataset, File, candidate));
        Assert.StartsWith(candidate, error.Message, StringComparison.Ordinal);
        AssertNothingLeft();
        return error.Message;
    }

    private void AssertNothingLeft() => Assert.Empty(Directory.GetFiles(folder.PathOf("cache"), "*", SearchOption.AllDirectories));
}
