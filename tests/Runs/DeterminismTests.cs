using System.Globalization;
using Ndt.Measurement;
using Ndt.Models.Products;
using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Tests.Runs;

/// <summary>What docs/determinism.md states.</summary>
[Trait("Category", "Determinism")]
[Trait("Category", "Integration")]
public sealed class DeterminismTests
{
    private static readonly string[] Architectures = ["mlp_narrow", "cnn_shallow", "transformer_shallow"];

    [Fact]
    public void Training_a_sweeps_workers_side_by_side_and_a_resumed_run_give_the_same_record()
    {
        using var folder = new TemporaryFolder();
        Succeed("sweep", "--architectures", string.Join(',', Architectures), "--datasets", "mnist", "--seeds", "0", "--steps", "8", "--workers", "3", "--out", folder.PathOf("sweep"));
        foreach (var architecture in Architectures)
        {
            var run = $"{architecture}_mnist_s0";
            Succeed("train", architecture, "mnist", "--steps", "8", "--checkpoint-steps", "6", "--out", folder.PathOf("alone"));
            Succeed("train", "--resume", RunCheckpoints.PathOf(folder.PathOf("alone"), run, 6), "--out", folder.PathOf("resumed"));
            var record = RecordFile.Read(folder.PathOf("alone", $"{run}.parquet"));
            Assert.Empty(RecordDifference.Between(record, RecordFile.Read(folder.PathOf("sweep", "study", $"{run}.parquet"))));
            Assert.Empty(RecordDifference.Between(record, RecordFile.Read(folder.PathOf("resumed", $"{run}.parquet"))));
        }
    }

    /// <summary>
    /// Stand-ins for another processor: libraries told to do without the instructions of this one. What is asserted is the beginning, before training has
    /// amplified the rounding; the table shows the rest.
    /// </summary>
    [Theory]
    [InlineData("mlp_narrow", 60)]
    [InlineData("cnn_shallow", 11)]
    [InlineData("transformer_shallow", 11)]
    public void Other_instructions_and_another_number_of_threads_give_the_same_figures_up_to_rounding(string architecture, int steps)
    {
        using var folder = new TemporaryFolder();
        string[] run = ["train", architecture, "mnist", "--steps", steps.ToString(CultureInfo.InvariantCulture)];
        var here = Made("here", [], []);
        foreach (var (name, environment, more) in new (string, Dictionary<string, string>, string[])[]
        {
            ("ATEN_CPU_CAPABILITY=default, ONEDNN_MAX_CPU_ISA=SSE41, MKL_CBWR=COMPATIBLE", new() { ["ATEN_CPU_CAPABILITY"] = "default", ["ONEDNN_MAX_CPU_ISA"] = "SSE41", ["MKL_CBWR"] = "COMPATIBLE" }, []),
            ("--threads 2", [], ["--threads", "2"]),
            ("DOTNET_EnableAVX512=0", new() { ["DOTNET_EnableAVX512"] = "0" }, []),
            ("DOTNET_EnableHWIntrinsic=0", new() { ["DOTNET_EnableHWIntrinsic"] = "0" }, []),
        })
        {
            var there = Made(name.Split('=')[0].Trim('-'), environment, more);
            var products = MatrixProduct.IsSupported && !environment.Keys.Any(key => key.StartsWith("DOTNET_", StringComparison.Ordinal)) ? "avx512" : "libtorch";
            Assert.Equal(products, there.Metadata.Details[RunDetails.Kernels]);
            foreach (var (i, point) in here.Points.Index())
            {
                TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{architecture}, {name}, updates {point.Updates}: loss {Apart(point.Loss, there.Points[i].Loss):E1}, stable rank {Figures(here, there, i):E1}"));
            }

            // The same start (the generator and the drawing of weights are the same), the same order of data: then only the order of additions differs.
            Assert.InRange(Figures(here, there, 0), 0, RoundingOfOneForwardPass);
            Assert.InRange(here.Points.Zip(there.Points).Where(pair => pair.First.Updates <= 11).Max(pair => Apart(pair.First.Loss, pair.Second.Loss)), 0, RoundingAfterTenUpdates);
        }

        RunRecord Made(string place, Dictionary<string, string> environment, string[] more)
        {
            var (code, _, error) = NdtProcess.Run(environment, [.. run, .. more, "--out", folder.PathOf(place)]);
            Assert.True(code == 0, error);
            return RecordFile.Read(folder.PathOf(place, $"{architecture}_mnist_s0.parquet"));
        }
    }

    // Float32 has 24 bits (6e-8); sums of some thousand terms in another order, through up to a dozen layers.
    private const double RoundingOfOneForwardPass = 1e-5;
    private const double RoundingAfterTenUpdates = 1e-3;

    private static double Figures(RunRecord here, RunRecord there, int point) =>
        here.Layers.Zip(there.Layers).Max(pair => Apart(pair.First[Metric.StableRank][point], pair.Second[Metric.StableRank][point]));

    private static double Apart(double a, double b) => a.Equals(b) ? 0 : Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b));

    private static void Succeed(params string[] arguments)
    {
        var (code, output, error) = NdtProcess.Run(arguments);
        Assert.True(code == 0, $"{output}{error}");
    }
}
