using Ndt.Data.Fetching;
using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Tests.Faults;

/// <summary>A disk that is full and one that may not be written to.</summary>
[Collection(InjuredFiles.Name)]
[Trait("Category", "Faults")]
[Trait("Category", "Integration")]
public sealed class DiskTests(FaultLedger ledger)
{
    private const int Size = 1 << 20;
    private static readonly string[] Train = ["train", "mlp_narrow", "mnist", "--seed", "5", "--steps", "200"];
    private static readonly string[] Sweep = ["sweep", "--architectures", "mlp_narrow", "--datasets", "mnist", "--seeds", "5..6", "--steps", "200"];

    /// <summary>A finished record, made once.</summary>
    private static readonly Lazy<byte[]> Finished = new(() =>
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, NdtProcess.Run("train", "mlp_narrow", "mnist", "--steps", "10", "--out", folder.Root).Code);
        return File.ReadAllBytes(folder.PathOf("mlp_narrow_mnist_s0.parquet"));
    });

    public static TheoryData<string, string[]> Commands => new()
    {
        { "train", [.. Train, "--out", "{disk}"] },
        { "train --checkpoint-steps", [.. Train, "--checkpoint-steps", "0,1,2,3", "--out", "{disk}"] },
        { "sweep", [.. Sweep, "--out", "{disk}"] },
        { "notebooks run", ["notebooks", "run", "{disk}/n.ipynb"] },
        { "fetch --from", ["fetch", "archive", "--from", "{source}"] },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void On_a_full_disk_a_command_fails_in_plain_words_loses_nothing_and_succeeds_once_there_is_room(string command, string[] arguments)
    {
        var kind = $"full disk, {command}";
        using var folder = new TemporaryFolder();
        using var disk = Mount.Create(folder.PathOf("disk"), command.StartsWith("fetch", StringComparison.Ordinal) ? 32 * Size : 4 * Size);
        var (environment, words) = Prepare(folder, disk, arguments);
        // Room enough to begin, but not for the result; then none at all.
        foreach (var free in new[] { 3 << 12, 0 })
        {
            disk.Fill(free);
            var before = FolderState.Of(disk.Folder);
            var (code, output, error) = NdtProcess.Run(environment, words);
            Assert.Equal(1, code);
            Assert.Contains("No space left on device", output + error, StringComparison.Ordinal);
            Plain(error);
            Assert.DoesNotContain(".tmp", output + error, StringComparison.Ordinal);
            Assert.Equal(0, before.BytesLost);
            ledger.Add(kind, injected: 1, files: Readable(disk), lost: before.BytesLost);
            disk.Free();
        }

        Complete(kind, disk, environment, words);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void In_a_read_only_folder_a_command_is_refused_before_it_works_and_succeeds_once_it_may_write(string command, string[] arguments)
    {
        var kind = $"read-only folder, {command}";
        using var folder = new TemporaryFolder();
        using var disk = Mount.Create(folder.PathOf("disk"), 32 * Size);
        var (environment, words) = Prepare(folder, disk, arguments);
        var before = FolderState.Of(disk.Folder);
        disk.SetReadOnly(true);
        var (code, output, error) = NdtProcess.Run(environment, words);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("cannot be written to: Read-only file system", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        disk.SetReadOnly(false);
        Assert.Equal(0, before.BytesLost);
        ledger.Add(kind, injected: 1, files: Readable(disk), lost: before.BytesLost);
        Complete(kind, disk, environment, words);
    }

    /// <summary>Puts finished work on the disk that is not to be lost, and says how the command is called.</summary>
    private static (Dictionary<string, string> Environment, string[] Arguments) Prepare(TemporaryFolder folder, Mount disk, string[] arguments)
    {
        File.WriteAllBytes(Path.Combine(disk.Folder, "mlp_narrow_mnist_s0.parquet"), Finished.Value);
        _ = MadeNotebook.Write(Path.Combine(disk.Folder, "n.ipynb"), "string.Concat(Enumerable.Repeat(\"figure \", 20000))");
        var environment = new Dictionary<string, string>();
        if (arguments[0] == "fetch")
        {
            environment["XDG_CACHE_HOME"] = disk.Folder;
        }

        return (environment, [.. arguments.Select(argument => argument.Replace("{disk}", disk.Folder, StringComparison.Ordinal).Replace("{source}", arguments[0] == "fetch" ? KilledFetchTests.Source(folder) : "", StringComparison.Ordinal))]);
    }

    private void Complete(string kind, Mount disk, Dictionary<string, string> environment, string[] arguments)
    {
        var (code, _, error) = NdtProcess.Run(environment, arguments);
        Assert.True(code == 0, error);
        FolderState.RequireTidy(disk.Folder);
        ledger.Add(kind, files: Readable(disk), restarts: 1);
        ledger.Write(kind);
    }

    private static void Plain(string error)
    {
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
    }

    /// <summary>Reads every file with a final name; the number of files.</summary>
    private static int Readable(Mount disk)
    {
        var files = FolderState.Final(disk.Folder).ToArray();
        foreach (var path in files)
        {
            switch (Path.GetExtension(path))
            {
                case ".parquet":
                    _ = RecordParquet.Read(path);
                    break;
                case ".safetensors":
                    _ = RunState.Read(path);
                    break;
                case ".ipynb":
                    _ = Cli.Notebooks.NotebookDocument.Read(path);
                    break;
            }
        }

        var archive = Path.Combine(disk.Folder, "ndt", "archive");
        if (Directory.Exists(archive))
        {
            StudyArchive.Check(archive);
        }

        return files.Length;
    }
}
