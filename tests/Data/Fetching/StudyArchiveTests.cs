using Ndt.Data.Fetching;

namespace Ndt.Tests.Data.Fetching;

public sealed class StudyArchiveTests
{
    [Fact]
    public void The_names_are_the_study_s_55_cells()
    {
        // Study, section 1: mnist 15, fashion_mnist 15, qmnist 14, ag_news 11.
        Assert.Equal(55, StudyArchive.RecordNames.Distinct().Count());
        Assert.Equal(15 + 15 + 14, StudyArchive.RecordNames.Count(name => name.EndsWith("mnist.json", StringComparison.Ordinal)));
        Assert.Equal(11, StudyArchive.RecordNames.Count(name => name.EndsWith("_ag_news.json", StringComparison.Ordinal)));
        Assert.DoesNotContain("transformer_narrow_qmnist.json", StudyArchive.RecordNames);
    }

    [Fact]
    public void The_names_are_those_of_the_published_files()
    {
        var published = Directory.GetFiles(RepositoryPaths.ArchiveRecordsOrSkip(), "*.json").Select(Path.GetFileName);

        Assert.Equal(published.Order(StringComparer.Ordinal), StudyArchive.RecordNames.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_published_archive_is_whole() => StudyArchive.Check(RepositoryPaths.SharedOrSkip("archive"));

    [Fact]
    public void A_copy_is_taken_whole_and_not_again()
    {
        using var folder = new TemporaryFolder();
        MadeArchive.Write(folder.PathOf("from"));
        var told = new List<string>();
        var fetcher = new ArchiveFetcher(folder.PathOf("cache", "archive"), told.Add);

        fetcher.FetchFrom(folder.PathOf("from"), TestContext.Current.CancellationToken);
        fetcher.FetchFrom(folder.PathOf("from"), TestContext.Current.CancellationToken);

        Assert.True(StudyArchive.IsPresent(folder.PathOf("cache", "archive")));
        Assert.True(File.Exists(folder.PathOf("cache", "archive", "checkpoint_runs", "summary.json")));
        Assert.Contains("already in the cache", told[^1], StringComparison.Ordinal);
        Assert.Equal(["archive"], Directory.GetFileSystemEntries(folder.PathOf("cache")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("records/cnn_deep_mnist.json", null, "missing; the archive has 55 records and 6 checkpoints")]
    [InlineData("records/cnn_deep_mnist.json", "{", "not a record of the study")]
    [InlineData("records/cnn_deep_mnist.json", "{\"arch_name\": \"cnn_deep\"}", "not a record of the study")]
    [InlineData("records/cnn_deep_mnist.json", "{\"arch_name\": \"cnn_deep\", \"dataset_name\": \"qmnist\"}", "those of cnn_deep_qmnist.json")]
    [InlineData("checkpoints/mlp_narrow_mnist2/checkpoint_step_01000.pt", "version https://git-lfs", "starts with 0x76657273")]
    public void An_archive_that_is_not_whole_is_refused_by_file_and_nothing_is_taken(string path, string? content, string expected)
    {
        using var folder = new TemporaryFolder();
        MadeArchive.Write(folder.PathOf("from"));
        File.Delete(folder.PathOf("from", path));
        if (content is not null)
        {
            File.WriteAllText(folder.PathOf("from", path), content);
        }

        var error = Assert.Throws<InputException>(() => new ArchiveFetcher(folder.PathOf("cache", "archive"), _ => { }).FetchFrom(folder.PathOf("from"), TestContext.Current.CancellationToken));
        Assert.Contains(folder.PathOf("from", path), error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("cache")));
    }

    [Fact]
    public void A_damaged_archive_in_the_cache_is_replaced()
    {
        using var folder = new TemporaryFolder();
        MadeArchive.Write(folder.PathOf("from"));
        MadeArchive.Write(folder.PathOf("cache", "archive"));
        File.Delete(folder.PathOf("cache", "archive", "records", "mlp_wide_mnist.json"));

        new ArchiveFetcher(folder.PathOf("cache", "archive"), _ => { }).FetchFrom(folder.PathOf("from"), TestContext.Current.CancellationToken);

        Assert.True(StudyArchive.IsPresent(folder.PathOf("cache", "archive")));
        Assert.Equal(["archive"], Directory.GetFileSystemEntries(folder.PathOf("cache")).Select(Path.GetFileName));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task A_commit_of_a_repository_is_arranged_as_the_archive()
    {
        using var folder = new TemporaryFolder();
        var commit = await MadeRepository.CreateOrSkipAsync(folder.PathOf("repository"), TestContext.Current.CancellationToken);

        await new ArchiveFetcher(folder.PathOf("cache", "archive"), _ => { }).FetchAsync(new Uri(folder.PathOf("repository")).AbsoluteUri, commit, TestContext.Current.CancellationToken);

        Assert.True(StudyArchive.IsPresent(folder.PathOf("cache", "archive")));
        Assert.Equal(["summary.json"], Directory.GetFiles(folder.PathOf("cache", "archive", "checkpoint_runs")).Select(Path.GetFileName));
        Assert.Equal(["archive"], Directory.GetFileSystemEntries(folder.PathOf("cache")).Select(Path.GetFileName));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task A_commit_that_the_repository_does_not_have_is_told_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await MadeRepository.CreateOrSkipAsync(folder.PathOf("repository"), TestContext.Current.CancellationToken);
        var fetcher = new ArchiveFetcher(folder.PathOf("cache", "archive"), _ => { });

        var error = await Assert.ThrowsAsync<WorkFailedException>(() =>
            fetcher.FetchAsync(new Uri(folder.PathOf("repository")).AbsoluteUri, StudyArchive.Commit, TestContext.Current.CancellationToken));
        Assert.StartsWith("git: exit code ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.PathOf("cache")));
    }
}
