using System.Text.Json;
using Ndt.Cli;
using Ndt.Records;
using Ndt.Tests.Arrays;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class MeasureCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Json_is_one_array_with_file_array_step_shape_and_every_figure()
    {
        var path = Save("fc1_step7.npy", NpyBytes.Doubles("(3, 2)", 3, 0, 0, 4, 0, 0));
        var (code, output, error) = NdtProcess.Run("measure", path, "--json");
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var only = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(
            [
                "file", "array", "step", "samples", "features", "frobenius_squared", "stable_rank", "participation_ratio", "participation_ratio_eigen", "effective_rank_90", "nuclear_norm_ratio", "effective_rank",
                "centred_frobenius_squared", "centred_stable_rank", "centred_participation_ratio", "centred_participation_ratio_eigen", "centred_effective_rank_90", "centred_nuclear_norm_ratio", "centred_effective_rank", "alpha_req",
                "corrected_participation_ratio_row", "corrected_participation_ratio_column", "corrected_participation_ratio_both",
                "centred_corrected_participation_ratio_row", "centred_corrected_participation_ratio_column", "centred_corrected_participation_ratio_both", "twonn",
            ],
            only.EnumerateObject().Select(member => member.Name));
        Assert.Equal((path, "fc1", 7, 3, 2), (Text("file"), Text("array"), Number("step"), Number("samples"), Number("features")));

        // Singular values 4 and 3.
        Assert.Equal(25 / 16.0, Number("stable_rank"), 12);
        Assert.Equal(49 / 25.0, Number("participation_ratio"), 12);
        Assert.Equal(JsonValueKind.Null, only.GetProperty("centred_corrected_participation_ratio_both").ValueKind);

        string? Text(string name) => only.GetProperty(name).GetString();
        double Number(string name) => only.GetProperty(name).GetDouble();
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_found_out_before_a_file_is_read()
    {
        var missing = folder.PathOf("missing.npy");
        var taken = Path.Combine(folder.Write("taken", ""), "out.csv");
        Directory.CreateDirectory(folder.PathOf("folder.csv"));
        var inFile = NdtProcess.Run("measure", missing, "--out", taken);
        Assert.Equal(2, inFile.Code);
        Assert.StartsWith($"ndt: --out {taken}: cannot be written to", inFile.Error, StringComparison.Ordinal);
        var isFolder = NdtProcess.Run("measure", missing, "--out", folder.PathOf("folder.csv"));
        Assert.Equal((2, $"ndt: {folder.PathOf("folder.csv")}: is a folder; a file to write (.parquet, .json or .csv) is expected\n"), (isFolder.Code, isFolder.Error));
    }

    [Fact]
    public void A_folder_of_steps_gives_a_record_that_export_and_show_read()
    {
        for (var step = 0; step < 30; step += 5)
        {
            Save($"acts/fc1_step{step}.npy", NpyBytes.Doubles("(2, 2)", step + 1, 0, 0, 1));
        }

        var record = folder.PathOf("net.parquet");
        var (code, output, error) = NdtProcess.Run("measure", folder.PathOf("acts"), "--out", record);
        Assert.True(code == 0, error);
        Assert.Contains("stable rank", output, StringComparison.Ordinal);
        Assert.Equal("acts", RecordParquet.Read(record).Metadata.Architecture);
        var (shownCode, shown, shownError) = NdtProcess.Run("show", record);
        Assert.True(shownCode == 0, shownError);
        Assert.Contains("net: 6 measurements, updates 1 to 26 of 30", shown, StringComparison.Ordinal);
        Assert.Matches("(?m)^fc1 .*█.*▁", shown);
    }

    [Fact]
    public void Layers_are_chosen_by_pattern_and_weights_by_their_dimensions()
    {
        var checkpoint = RepositoryPaths.Fixture("checkpoints/torch_mlp.pt");
        var (code, output, error) = NdtProcess.Run("measure", checkpoint, "--weights", "--layer", "*.weight", "--json");
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["0.weight", "2.weight"], json.RootElement.EnumerateArray().Select(one => one.GetProperty("array").GetString()));
        Assert.Equal(50, json.RootElement[0].GetProperty("samples").GetInt32());
        Assert.Contains("no array named nothing*", NdtProcess.Run("measure", checkpoint, "--layer", "nothing*").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_among_good_ones_is_named_and_left_out_only_when_asked()
    {
        Save("a.npy", NpyBytes.Doubles("(2, 2)", 1, 2, 3, 4));
        Save("b.npy", [1, 2, 3]);
        Save("c.npy", NpyBytes.Doubles("(2, 2)", 1, 2, double.NaN, 4));
        var output = folder.PathOf("out.csv");
        var (code, text, error) = NdtProcess.Run("measure", folder.Root, "--out", output);
        Assert.Equal((2, ""), (code, text));
        Assert.Contains("b.npy", error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
        (code, _, error) = NdtProcess.Run("measure", folder.Root, "--out", output, "--skip-bad");
        Assert.Equal(0, code);
        Assert.Contains("skipped: ", error, StringComparison.Ordinal);
        Assert.Contains("c.npy: 'c' holds NaN at sample 1, feature 0", error, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadLines(output).Count());
    }

    [Fact]
    public async Task Wrong_use_is_refused_before_anything_is_measured()
    {
        var plain = Save("plain.npy", NpyBytes.Doubles("(2, 2)", 1, 2, 3, 4));
        Assert.Equal(2, await NdtCommand.RunAsync(["measure", plain, "--out", folder.PathOf("x.parquet")]));
        Assert.Equal(2, await NdtCommand.RunAsync(["measure", plain, "--out", folder.PathOf("x.txt")]));
        Assert.Equal(2, await NdtCommand.RunAsync(["measure", folder.PathOf("missing")]));
        Assert.Equal(2, await NdtCommand.RunAsync(["measure", plain, "--weights", "--view", "flatten"]));
        Assert.Equal(2, await NdtCommand.RunAsync(["measure", Save("scalar.npy", NpyBytes.Doubles("()", 1))]));
        Assert.False(File.Exists(folder.PathOf("x.parquet")));
    }

    private string Save(string name, byte[] bytes)
    {
        var path = folder.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
