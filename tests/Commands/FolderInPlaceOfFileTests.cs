using Ndt.Cli;
using Ndt.Runs;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class FolderInPlaceOfFileTests
{
    [Theory]
    [InlineData("checkpoints convert {0} out.pt", "a checkpoint (.pt, .pth, .bin, .ckpt, .safetensors) is expected")]
    [InlineData("checkpoints convert a.pt {0}", "the name of a file to write, ending in ")]
    [InlineData("similarity {0} {0}", "a file of arrays (.npy, .npz, ")]
    [InlineData("kernel start {0}", "the connection file that Jupyter wrote is expected")]
    [InlineData("sweep --dry-run --grid {0}", "a grid file, such as data/grid.json, is expected")]
    [InlineData("sweep --dry-run --checkpoint-plan {0}", "a plan, such as data/checkpoint_plan.json, is expected")]
    [InlineData("bench-detector {1} --truth {0}", "a file of change points, a line per series, is expected")]
    [InlineData("bench-detector {1} --detections {0}", "a file of change points, a line per series, is expected")]
    [InlineData("checkpoints inspect {0}", "without checkpoints; they end in .pt, ")]
    [InlineData("train --resume {0}", "without checkpoints of a run; a file such as step_01000.safetensors is expected")]
    [InlineData("bench-detector {0}", "without .csv files; a column of numbers per series is expected in them")]
    public void A_folder_where_a_file_belongs_is_told_in_one_line_with_what_is_expected(string line, string expected)
    {
        using var folder = new TemporaryFolder();
        var (empty, series) = (Directory.CreateDirectory(folder.PathOf("empty")).FullName, folder.Write("series.csv", "1\n2\n3\n4\n5\n6\n"));
        var (code, output, error) = NdtProcess.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, empty, series).Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"ndt: {empty}: is a folder", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Folders_of_series_and_of_checkpoints_stand_for_the_files_in_them()
    {
        using var folder = new TemporaryFolder();
        var steps = string.Concat(Enumerable.Range(0, 60).Select(i => i < 30 ? "0\n" : "9\n"));
        folder.Write("a.csv", steps);
        folder.Write("b.csv", steps);
        folder.Write("notes.txt", "none of them");
        Assert.Equal(0, await NdtCommand.RunAsync(["bench-detector", folder.Root]));
        Assert.Equal(["a.csv", "b.csv"], Ndt.Cli.Commands.SeriesFile.Find([folder.Root]).Select(path => Path.GetFileName(path)));

        var state = Directory.EnumerateFiles(RepositoryPaths.Root + "/data/checkpoints", "*.safetensors", SearchOption.AllDirectories).First();
        File.Copy(state, folder.PathOf("b.safetensors"));
        File.Copy(state, folder.PathOf("a.safetensors"));
        Assert.Equal(["a.safetensors", "b.safetensors"], Ndt.Checkpoints.CheckpointFile.Find([folder.Root]).Select(path => Path.GetFileName(path)));
        Assert.Equal(0, await NdtCommand.RunAsync(["checkpoints", "inspect", folder.Root]));
    }

    [Fact]
    public void The_last_of_a_runs_checkpoints_stands_for_their_folder()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "step_00100.safetensors", "step_100000.safetensors", "step_02000.safetensors", "step_final.safetensors", "model_99999.safetensors", "step_99999.parquet" })
        {
            folder.Write(name, "");
        }

        Assert.Equal(folder.PathOf("step_100000.safetensors"), RunState.LastIn(folder.Root));
        Assert.Equal(folder.PathOf("step_00100.safetensors"), RunState.LastIn(folder.PathOf("step_00100.safetensors")));
    }

    [Fact]
    public void Records_of_two_folders_are_compared_name_by_name()
    {
        using var folder = new TemporaryFolder();
        var records = RepositoryPaths.Fixture("phase1/records");
        foreach (var record in Directory.EnumerateFiles(records))
        {
            File.Copy(record, folder.PathOf(Path.GetFileName(record)));
        }

        Assert.Equal((0, "the same, apart from times and versions\n", ""), NdtProcess.Run("records", "compare", records, folder.Root));
        var name = "cnn_shallow_mnist.json";
        Assert.Equal(0, NdtProcess.Run("records", "compare", records, folder.PathOf(name)).Code);
        File.Move(folder.PathOf("transformer_shallow_mnist.json"), folder.PathOf(name), overwrite: true);
        var (code, output, _) = NdtProcess.Run("records", "compare", records, folder.Root);
        Assert.Equal(1, code);
        Assert.Contains($"transformer_shallow_mnist.json: only in {records}\n", output, StringComparison.Ordinal);
        Assert.Contains($"{name}: run: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_not_there_is_called_missing_whatever_its_name()
    {
        var (code, _, error) = NdtProcess.Run("records", "compare", "nothing", "nothing.json");
        Assert.Equal((2, "ndt: nothing: no such file; a record (.json or .parquet) is expected\n"), (code, error));
    }
}
