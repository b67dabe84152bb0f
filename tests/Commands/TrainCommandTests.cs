using Ndt.Records;
using Ndt.Runs;
using Ndt.Tests.Faults;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class TrainCommandTests
{
    [Fact]
    public void A_run_leaves_its_record_and_the_same_one_when_it_is_made_again()
    {
        using var folder = new TemporaryFolder();
        string[] run = ["train", "mlp_narrow", "mnist", "--seed", "1", "--steps", "30"];
        var (code, output, error) = NdtProcess.Run([.. run, "--out", folder.PathOf("a")]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("validation accuracy", output, StringComparison.Ordinal);
        Assert.Equal(0, NdtProcess.Run([.. run, "--out", folder.PathOf("b")]).Code);
        var (first, second) = (folder.PathOf("a", "mlp_narrow_mnist_s1.parquet"), folder.PathOf("b", "mlp_narrow_mnist_s1.parquet"));
        Assert.Empty(RecordDifference.Between(RecordFile.Read(first), RecordFile.Read(second)));
        Assert.Equal(0, NdtProcess.Run("records", "compare", first, second).Code);
        Assert.Equal(["mlp_narrow_mnist_s1.parquet"], Directory.EnumerateFileSystemEntries(folder.PathOf("a")).Select(path => Path.GetFileName(path)));
    }

    [Theory]
    [InlineData("resnet18", "mnist", "unknown architecture 'resnet18'")]
    [InlineData("mlp_narow", "mnist", "did you mean mlp_narrow?")]
    [InlineData("mlp_narrow", "fashion_minst", "did you mean fashion_mnist?")]
    [InlineData("mlp_narrow", "cifar", "cifar")]
    [InlineData("mlp_narrow", "mnist", "--steps is 0", "--steps", "0")]
    [InlineData("mlp_narrow", "mnist", "unknown device 'tpu'", "--device", "tpu")]
    [InlineData("mlp_narrow", "mnist", "unknown protocol 'none'", "--protocol", "none")]
    [InlineData("mlp_narrow", "mnist", "--seed", "--seed", "one")]
    public void Wrong_use_is_one_line_and_code_2_and_writes_nothing(string architecture, string dataset, string expected, params string[] more)
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = NdtProcess.Run(["train", architecture, dataset, "--out", folder.PathOf("out"), .. more]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("out")) && Directory.EnumerateFileSystemEntries(folder.PathOf("out")).Any());
    }

    [Fact]
    public void States_are_kept_beside_the_record_and_one_of_them_can_be_gone_on_from()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.PathOf("first"), folder.PathOf("second"));
        Assert.Equal(0, NdtProcess.Run("train", "mlp_narrow", "mnist", "--steps", "12", "--checkpoint-steps", "0,6,12", "--device", "cpu", "--out", first).Code);
        var checkpoint = Path.Combine(first, "checkpoints", "mlp_narrow_mnist_s0", "step_00006.safetensors");
        Assert.Equal(0, NdtProcess.Run("train", "--resume", checkpoint, "--out", second).Code);
        Assert.Equal(
            RecordParquet.Read(Path.Combine(first, "mlp_narrow_mnist_s0.parquet")).Points,
            RecordParquet.Read(Path.Combine(second, "mlp_narrow_mnist_s0.parquet")).Points);
    }

    [Fact]
    public async Task A_run_that_is_told_to_stop_keeps_its_state_and_the_same_command_goes_on_from_it()
    {
        using var folder = new TemporaryFolder();
        string[] run = ["train", "transformer_shallow", "mnist", "--steps", "120", "--checkpoint-steps", "5,120", "--device", "cpu"];
        var target = folder.PathOf("interrupted");
        var (name, state) = ("transformer_shallow_mnist_s0", Path.Combine(target, "transformer_shallow_mnist_s0.interrupted"));
        using (var process = NdtProcess.Start([.. run, "--out", target]))
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await SignalWhenThere(process, RunCheckpoints.PathOf(target, name, 5), "TERM");
            Assert.Equal(143, process.ExitCode);
            Assert.Matches($"^ndt: {name}: interrupted after update [0-9]+; its state is kept in .*; the same command goes on from there\n$", await error);
            Assert.True(Directory.Exists(state));
        }

        // A state of a run of this name but of another length is left alone.
        var (code, _, other) = NdtProcess.Run(["train", "transformer_shallow", "mnist", "--steps", "2", "--device", "cpu", "--out", target]);
        Assert.Equal(0, code);
        Assert.Contains("started from the beginning", other, StringComparison.Ordinal);
        Assert.True(Directory.Exists(state));

        (code, _, var note) = NdtProcess.Run([.. run, "--out", target]);
        Assert.Equal(0, code);
        Assert.Matches($"^ndt: {name}: taken up after update [0-9]+, from ", note);
        Assert.False(Directory.Exists(state));
        Assert.Equal(0, NdtProcess.Run([.. run, "--out", folder.PathOf("whole")]).Code);
        Assert.Empty(RecordDifference.Between(RecordFile.Read(folder.PathOf("whole", $"{name}.parquet")), RecordFile.Read(Path.Combine(target, $"{name}.parquet"))));
        Assert.Equal(File.ReadAllBytes(RunCheckpoints.PathOf(folder.PathOf("whole"), name, 120)), File.ReadAllBytes(RunCheckpoints.PathOf(target, name, 120)));
    }

    [Fact]
    public async Task Ctrl_C_keeps_the_state_too_and_ends_with_code_130()
    {
        Signals.SkipWhereIgnored(Signals.Interrupt);
        using var folder = new TemporaryFolder();
        using var process = NdtProcess.Start("train", "transformer_shallow", "mnist", "--steps", "2000", "--checkpoint-steps", "1", "--device", "cpu", "--out", folder.Root);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await SignalWhenThere(process, RunCheckpoints.PathOf(folder.Root, "transformer_shallow_mnist_s0", 1), "INT");
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("its state is kept", await error, StringComparison.Ordinal);
    }

    private static async Task SignalWhenThere(System.Diagnostics.Process process, string path, string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with kill");
        while (!File.Exists(path) && !process.HasExited)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(NdtProcess.Limit, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("ARCH is missing", "train")]
    [InlineData("DATASET is missing", "train", "mlp_narrow")]
    [InlineData("ARCH is given beside --resume", "train", "mlp_narrow", "--resume", "x.safetensors")]
    [InlineData("--seed is given beside --resume", "train", "--seed", "0", "--resume", "x.safetensors")]
    [InlineData("/nowhere/x.safetensors: no such file", "train", "--resume", "/nowhere/x.safetensors")]
    [InlineData("--checkpoint-steps is '0,a'", "train", "mlp_narrow", "mnist", "--checkpoint-steps", "0,a")]
    [InlineData("checkpoint step 2001: the run has 2000 steps", "train", "mlp_narrow", "mnist", "--checkpoint-steps", "2001")]
    [InlineData("/nowhere/plan.json: cannot be read", "sweep", "--checkpoint-plan", "/nowhere/plan.json")]
    [InlineData("--grid and --checkpoint-plan both say what to run", "sweep", "--checkpoint-plan", "data/phase2/plan.json", "--grid", "grid.json")]
    public void Wrong_use_is_told_apart_from_failed_work(string expected, params string[] arguments)
    {
        var (code, _, error) = NdtProcess.Run(arguments);
        Assert.Equal(2, code);
        Assert.StartsWith($"ndt: {expected}", error, StringComparison.Ordinal);
    }
}
