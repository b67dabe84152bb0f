using System.IO.Pipes;
using Ndt.Arrays;
using Ndt.Checkpoints;

namespace Ndt.Tests;

public sealed class InputFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pipe_in_the_place_of_a_file_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes have a path on Linux");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var path = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";
        foreach (var read in new Action[] { () => CheckpointFile.Read(path), () => ArrayFile.Open(path).Dispose(), () => InputFile.OpenRead(path).Dispose() })
        {
            Assert.Equal($"{path}: is a pipe or a device; a file is expected", Assert.Throws<InputException>(read).Message);
        }
    }

    [Fact]
    public void A_folder_that_leads_back_to_itself_is_listed_once_and_linked_files_are_in_it()
    {
        var file = folder.Write(Path.Combine("inner", "a.npy"), "");
        File.CreateSymbolicLink(folder.PathOf("b.npy"), file);
        Directory.CreateSymbolicLink(folder.PathOf("inner", "again"), folder.Root);
        Directory.CreateSymbolicLink(folder.PathOf("inner", "twice"), folder.Root);
        Assert.Equal([folder.PathOf("b.npy"), file], InputFile.FilesIn(folder.Root, below: true).Order(StringComparer.Ordinal));
        Assert.Equal([folder.PathOf("b.npy")], InputFile.FilesIn(folder.Root));
        Assert.Equal([folder.PathOf("b.npy"), file], MeasuredFile.Find([folder.Root]));
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_is_wrong_input() =>
        Assert.StartsWith($"{folder.PathOf("none")}: cannot be listed", Assert.Throws<InputException>(() => InputFile.FilesIn(folder.PathOf("none"))).Message, StringComparison.Ordinal);
}
