using System.Text.Json;
using Ndt.Checkpoints;
using Ndt.Tests.Checkpoints;

namespace Ndt.Tests.Commands;

/// <summary>The command as it is used: a process, its output, and its exit code.</summary>
[Trait("Category", "Integration")]
public sealed class CheckpointsCommandTests
{
    [Fact]
    public void Inspect_lists_tensors_metadata_and_the_optimizer()
    {
        using var folder = new TemporaryFolder();
        PyTorchFile.Write(folder.PathOf("a.pt"), Samples.Full());
        var (code, output, error) = Run("inspect", folder.PathOf("a.pt"));
        Assert.Equal((0, ""), (code, error));
        var lines = output.Split('\n');
        Assert.Contains("  step: 100", lines);
        Assert.Contains("  experiment_name: mlp_narrow_mnist", lines);
        Assert.Contains(lines, line => line.StartsWith("  optimizer group 0: 2 parameters, lr 0.001, betas [0.9,0.999]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["fc.weight", "F32", "[2,", "3]", "6", "1", "6", "3.5", "9.53939"]);
        Assert.Contains(lines, line => line.TrimStart().StartsWith("optimizer.state.0.exp_avg_sq", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  model: 2 tensors, 8 elements, 40 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_gives_the_same_as_JSON()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.PathOf("a.safetensors"), Samples.Full());
        var (code, output, _) = Run("inspect", folder.PathOf("a.safetensors"), folder.PathOf("a.safetensors"), "--json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(2, json.RootElement.GetArrayLength());
        var file = json.RootElement[0];
        Assert.Equal(100, file.GetProperty("metadata").GetProperty("step").GetInt64());
        Assert.Equal(JsonValueKind.Null, file.GetProperty("metadata").GetProperty("not_a_number").ValueKind);
        var weight = file.GetProperty("tensors").EnumerateArray().Single(tensor => tensor.GetProperty("name").GetString() == "fc.weight");
        Assert.Equal(3.5, weight.GetProperty("mean").GetDouble());
        Assert.Equal(8, file.GetProperty("tensors").GetArrayLength());
        Assert.Equal(0.001, file.GetProperty("optimizer_groups")[0].GetProperty("lr").GetDouble());
        Assert.Equal(8, file.GetProperty("totals").GetProperty("model_elements").GetInt64());
    }

    [Fact]
    public void Convert_goes_by_extension_and_says_what_takes_another_form()
    {
        using var folder = new TemporaryFolder();
        PyTorchFile.Write(folder.PathOf("a.pt"), Samples.Full());
        var (code, output, error) = Run("convert", folder.PathOf("a.pt"), folder.PathOf("b.safetensors"));
        Assert.Equal((0, folder.PathOf("b.safetensors")), (code, output.Trim()));
        Assert.Contains("optimizer.state.INDEX.NAME", error, StringComparison.Ordinal);
        Assert.Equal(0, Run("convert", folder.PathOf("b.safetensors"), folder.PathOf("c.pth")).Code);
        Samples.AssertSame(Samples.Full(), CheckpointFile.Read(folder.PathOf("c.pth")));
    }

    [Fact]
    public void A_bad_file_is_one_line_and_exit_code_2()
    {
        using var folder = new TemporaryFolder();
        var bad = folder.Write("bad.pt", "PK\x03\x04"u8);
        var (code, output, error) = Run("inspect", bad);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal($"ndt: {bad}: the zip has no end record; the file is cut off.\n", error);

        var target = folder.Write("target.pt", "before"u8);
        Assert.Equal(2, Run("convert", bad, target).Code);
        Assert.Equal("before", File.ReadAllText(target));
        Assert.Equal(2, Run("convert", bad, folder.PathOf("target.zip")).Code);
        Assert.Equal(2, Run("inspect").Code);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments) => NdtProcess.Run(["checkpoints", .. arguments]);
}
