using System.Text.Json;

namespace Ndt.Tests.Commands;

[Trait("Category", "Integration")]
public sealed class JsonOutputTests
{
    private static readonly string[] Choice = ["--architectures", "mlp_narrow,mlp_shallow_2", "--datasets", "mnist", "--seeds", "0", "--steps", "10"];

    [Fact]
    public void A_run_its_summary_and_its_comparison_are_objects_for_programs()
    {
        using var folder = new TemporaryFolder();
        var run = Json(0, "train", "mlp_narrow", "mnist", "--seed", "2", "--steps", "10", "--device", "cpu", "--json", "--out", folder.Root);
        var path = run.GetProperty("record").GetString()!;
        Assert.True(File.Exists(path));
        Assert.Equal(("mlp_narrow", "mnist", 2, "study", 10), (Text(run, "architecture"), Text(run, "dataset"), run.GetProperty("seed").GetInt32(), Text(run, "protocol"), run.GetProperty("steps").GetInt32()));
        Assert.Equal(3, run.GetProperty("measurements").GetInt32());
        Assert.InRange(run.GetProperty("final_accuracy").GetDouble(), 0, 1);

        var listed = Json(0, "records", "summarize", folder.Root, "--json");
        Assert.True(JsonElement.DeepEquals(run, Assert.Single(listed.EnumerateArray())));

        var same = Json(0, "records", "compare", path, path, "--json");
        Assert.True(same.GetProperty("same").GetBoolean());
        Assert.Empty(same.GetProperty("differences").EnumerateArray());
        var study = Path.Combine(RepositoryPaths.Fixture("phase1/records"), "cnn_shallow_mnist.json");
        Assert.NotEmpty(Json(1, "records", "compare", path, study, "--json").GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public void A_sweep_tells_the_state_of_each_run_and_collecting_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var planned = Json(0, ["sweep", .. Choice, "--out", folder.Root, "--dry-run", "--json"]);
        Assert.All(planned.GetProperty("runs").EnumerateArray(), run => Assert.Equal("to_run", Text(run, "state")));
        Assert.Equal(2, planned.GetProperty("counts").GetProperty("to_run").GetInt32());

        var made = Json(0, ["sweep", .. Choice, "--shard", "1/2", "--out", folder.Root, "--json", "-q"]);
        var only = Assert.Single(made.GetProperty("runs").EnumerateArray());
        Assert.Equal("finished_now", Text(only, "state"));
        Assert.True(File.Exists(Text(only, "record")));

        var collected = Json(1, ["records", "collect", .. Choice, "--shards", "2", "--out", folder.Root, "--json"]);
        Assert.Equal((2, 1, 0), (collected.GetProperty("runs").GetInt32(), collected.GetProperty("there_before").GetInt32(), collected.GetProperty("brought").GetInt32()));
        Assert.Equal("no record", Text(Assert.Single(collected.GetProperty("missing").EnumerateArray()), "problem"));
        Assert.Equal(2, Assert.Single(collected.GetProperty("parts_to_run_again").EnumerateArray()).GetInt32());
    }

    [Fact]
    public void An_analysis_is_one_object_with_the_tables_that_a_folder_would_get()
    {
        using var folder = new TemporaryFolder();
        var records = RepositoryPaths.Fixture("phase1/records");
        var printed = Json(0, "analyze", records, "--json");
        Assert.Equal(0, NdtProcess.Run("analyze", records, "--json", "--out", folder.Root).Code);
        foreach (var name in new[] { "jumps", "layers", "experiments", "claims" })
        {
            using var written = JsonDocument.Parse(File.ReadAllText(folder.PathOf($"{name}.json")));
            Assert.True(JsonElement.DeepEquals(written.RootElement, printed.GetProperty(name)), name);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonElement Json(int expected, params ReadOnlySpan<string> arguments)
    {
        var (code, output, error) = NdtProcess.Run(arguments);
        Assert.True(code == expected, $"{code}: {error}");
        Assert.EndsWith("\n", output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
