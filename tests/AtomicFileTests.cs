namespace Ndt.Tests;

public sealed class AtomicFileTests
{
    // Linux numbers processes up to 2^22 at most, so that nobody has this one.
    private const int Nobody = 4194305;

    [Fact]
    public void What_a_dead_process_left_is_removed_and_what_a_living_one_or_another_machine_writes_is_not()
    {
        using var folder = new TemporaryFolder();
        var here = Environment.MachineName;
        var dead = folder.Write($".a.csv.{here}-{Nobody}-0123-1.tmp", "half");
        var predecessor = folder.Write($".a.csv.{here}-{Environment.ProcessId}-0123-1.tmp", "of a process that had this one's number");
        string[] others =
        [
            folder.Write($".a.csv.{here}-1-0123-1.tmp", "of a living process"),
            folder.Write($".a.csv.elsewhere-{Nobody}-0123-1.tmp", "of another machine"),
            folder.Write($".b.csv.{here}-{Nobody}-0123-1.tmp", "on its way to another file"),
            folder.Write(".a.csv.tmp", "somebody's"),
        ];
        AtomicFile.WriteText(folder.PathOf("a.csv"), "whole");
        Assert.False(File.Exists(dead));
        Assert.False(File.Exists(predecessor));
        Assert.All(others, path => Assert.True(File.Exists(path), path));
        Assert.Equal("whole", File.ReadAllText(folder.PathOf("a.csv")));
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_content_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", "old");
        Assert.Throws<InputException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InputException("no");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_is_named_and_not_the_temporary_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("a.csv"));
        var error = Assert.ThrowsAny<IOException>(() => AtomicFile.WriteText(folder.PathOf("a.csv"), "text"));
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public void A_folder_that_cannot_be_is_refused_under_the_name_that_the_user_gave()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("file", "");
        var error = Assert.Throws<InputException>(() => WritableFolder.Require(path, "--out file", "name another"));
        Assert.StartsWith("--out file: cannot be written to: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; name another", error.Message, StringComparison.Ordinal);
        WritableFolder.Require(folder.PathOf("new", "folder"), "--out new/folder");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.PathOf("new", "folder")));
    }
}
