using System.Text.Json.Nodes;
using MathNet.Numerics.Random;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Records;

public sealed class StudyJsonTests
{
    [Fact]
    public void More_layers_than_any_network_has_are_refused_before_their_number_costs_anything()
    {
        using var folder = new TemporaryFolder();
        const string figures = "{\"stable_rank\": 1, \"participation_ratio\": 1, \"effective_rank_90\": 1, \"nuclear_norm_ratio\": 1}";
        var layers = string.Join(", ", Enumerable.Range(0, 100_000).Select(i => $"\"network.{i}\": {figures}"));
        var path = folder.Write("a.json", $"{{\"measurements\": [{{\"step\": 0, \"epoch\": 1, \"loss\": 1, \"grad_norm\": 1, \"layer_metrics\": {{{layers}}}}}]}}");
        Assert.Contains("measurements[0].layer_metrics.network.2000: is one more than 2000 layers", Assert.Throws<InputException>(() => StudyJson.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_infinity_is_not_written_and_a_number_beyond_whole_ones_keeps_its_value()
    {
        using var folder = new TemporaryFolder();
        var record = TestRecords.WithInitialStateTokensAndAttention();
        foreach (var metadata in new[] { record.Metadata with { FinalAccuracy = double.PositiveInfinity }, record.Metadata with { ArchitectureParameters = Parameters(double.NegativeInfinity) } })
        {
            var refusal = Assert.Throws<InputException>(() => StudyJson.Write(folder.PathOf("a.json"), new RunRecord(metadata, record.Points, record.Layers))).Message;
            Assert.Contains("Infinity, and the study's JSON has finite numbers only", refusal, StringComparison.Ordinal);
        }

        StudyJson.Write(folder.PathOf("b.json"), new RunRecord(record.Metadata with { ArchitectureParameters = Parameters(1e300) }, record.Points, record.Layers));
        Assert.Contains("1e+300", File.ReadAllText(folder.PathOf("b.json")), StringComparison.Ordinal);

        static SortedDictionary<string, double> Parameters(double value) => new(StringComparer.Ordinal) { [StudyFields.Architecture[0]] = value };
    }

    private static readonly string Fixture = RepositoryPaths.Fixture("phase1/records/mlp_shallow_2_mnist.json");

    [Fact]
    public void A_file_gives_the_recorded_figures_and_the_recovered_stable_rank()
    {
        var record = StudyJson.Read(Fixture);
        var layer = record.Layers[1];

        Assert.Equal("mlp_shallow_2_mnist", record.Metadata.Experiment);
        Assert.Null(record.Metadata.Seed);
        Assert.Equal((160, 5, 32), (record.Metadata.Steps, record.Metadata.MeasureEvery, record.Points.Count));
        Assert.Equal((155, 156, 4), (record.Points[31].Step, record.Points[31].Updates, record.Points[31].Epoch));
        Assert.Equal((0, double.NaN), (record.FirstUpdatedPoint, record.Points[0].ProbeLoss));
        Assert.Equal((0.9, 12.5, 109386), (record.Metadata.FinalAccuracy, record.Metadata.ElapsedSeconds, record.Metadata.ArchitectureParameters["num_params"]));
        Assert.Equal(("network.2", 1, LayerView.Study), (layer.Name, layer.Depth, layer.View));
        Assert.Equal(1, layer[Metric.RecordedStableRank][7], 1e-10);
        Assert.Equal(
            layer[Metric.NuclearNormRatio][7] * layer[Metric.NuclearNormRatio][7] / layer[Metric.ParticipationRatio][7],
            layer[Metric.StableRank][7]);
    }

    [Theory]
    [InlineData("mlp_shallow_2_mnist")]
    [InlineData("transformer_shallow_mnist")]
    public void A_file_read_and_written_again_is_the_same_byte_for_byte(string name)
    {
        using var folder = new TemporaryFolder();
        var original = RepositoryPaths.Fixture($"phase1/records/{name}.json");
        StudyJson.Write(folder.PathOf("again.json"), StudyJson.Read(original));
        Assert.Equal(File.ReadAllText(original), File.ReadAllText(folder.PathOf("again.json")));
    }

    [Fact]
    public void The_studys_own_files_read_and_written_again_are_the_same_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        foreach (var original in Directory.EnumerateFiles(RepositoryPaths.ArchiveRecordsOrSkip(), "*_qmnist.json"))
        {
            StudyJson.Write(folder.PathOf("again.json"), StudyJson.Read(original));
            Assert.True(File.ReadAllBytes(original).AsSpan().SequenceEqual(File.ReadAllBytes(folder.PathOf("again.json"))), original);
        }
    }

    [Fact]
    public void A_record_of_ours_is_written_without_what_the_study_does_not_have()
    {
        using var folder = new TemporaryFolder();
        StudyJson.Write(folder.PathOf("ours.json"), TestRecords.WithInitialStateTokensAndAttention());
        var written = JsonNode.Parse(File.ReadAllText(folder.PathOf("ours.json")))!;
        var first = written["measurements"]![0]!;

        Assert.Equal(25, written["measurements"]!.AsArray().Count);
        Assert.Equal((0, 1), ((int)first["step"]!, (int)first["epoch"]!));
        Assert.Equal(["input_proj", "fc"], first["layer_metrics"]!.AsObject().Select(layer => layer.Key));
        Assert.Equal(
            ["stable_rank", "participation_ratio", "effective_rank_90", "nuclear_norm_ratio"],
            first["layer_metrics"]!["fc"]!.AsObject().Select(metric => metric.Key));
        Assert.Equal(1, (double)first["layer_metrics"]!["fc"]!["stable_rank"]!, 1e-9);
        Assert.Null(written["elapsed_time"]);
    }

    [Theory]
    [InlineData("\"loss\"", "\"lost\"", "measurements[0].loss: is missing")]
    [InlineData("\"layer_metrics\"", "\"layers\"", "measurements[0].layer_metrics: is missing")]
    [InlineData("\"nuclear_norm_ratio\"", "\"nuclear\"", "measurements[0].layer_metrics.network.0.nuclear_norm_ratio: is missing")]
    [InlineData("\"num_steps\"", "\"steps\"", "num_steps: is missing")]
    [InlineData("\"architecture_params\"", "\"architecture\"", "architecture_params: is missing")]
    [InlineData("\"grad_norm\"", "\"loss\"", "measurements[0].loss: stands twice")]
    [InlineData("\"step\": 5,", "\"step\": 0,", "measurements[1].step: 0 follows 0; steps have to rise")]
    [InlineData("\"step\": 10,", "\"step\": 3,", "measurements[2].step: 3 follows 5; steps have to rise")]
    [InlineData("\"step\": 155,", "\"step\": 157,", "measurements[31].step: 157 follows 150; steps are measurement_interval = 5 apart")]
    [InlineData("\"step\": 5,", "\"step\": 5.5,", "measurements[1].step: is 5.5; a whole number of at least 0 is needed")]
    [InlineData("\"num_steps\": 160", "\"num_steps\": 150", "measurements[31].step: 155 lies beyond the run; steps stay below num_steps = 150")]
    [InlineData("\"epoch\": 1,", "\"epoch\": \"1\",", "measurements[0].epoch: is the text \"1\"; a whole number is needed")]
    [InlineData("\"num_steps\": 160", "\"num_steps\": null", "num_steps: is null; a whole number is needed")]
    [InlineData("\"final_accuracy\": 0.9", "\"final_accuracy\": NaN", "final_accuracy: is NaN; a finite number is needed")]
    [InlineData("\"final_accuracy\": 0.9", "\"final_accuracy\": -Infinity", "final_accuracy: is -Infinity; a finite number is needed")]
    [InlineData("\"final_accuracy\": 0.9", "\"final_accuracy\": 1e999", "final_accuracy: is 1e999, beyond a double; a finite number is needed")]
    [InlineData("\"arch_name\": \"mlp_shallow_2\"", "\"arch_name\": \"\"", "arch_name: is empty; a name is needed")]
    [InlineData("\"network.2\": {", "\"network.0\": {", "measurements[0].layer_metrics.network.0: stands twice in one measurement")]
    [InlineData("\"arch_name\": \"mlp_shallow_2\"", "\"arch_name\": \"\\uDC00\"", "arch_name: it holds bytes or escapes that are not Unicode text")]
    [InlineData("\"epoch\": 1,", "\"\\uDC00\": 1,", "measurements[0].step: the name of the field that comes then holds bytes or escapes that are not Unicode text")]
    public void Every_wrong_field_is_named_with_what_was_found(string right, string wrong, string message) =>
        AssertRefused(ReplaceFirst(File.ReadAllText(Fixture), right, wrong), message);

    [Fact]
    public void NaN_inside_a_measurement_is_named_with_its_place()
    {
        var text = File.ReadAllText(Fixture);
        var place = text.IndexOf("\"step\": 20,", StringComparison.Ordinal);
        var value = text.IndexOf("\"participation_ratio\": ", place, StringComparison.Ordinal) + "\"participation_ratio\": ".Length;
        AssertRefused(text[..value] + "NaN" + text[text.IndexOf(',', value)..], "measurements[4].layer_metrics.network.0.participation_ratio: is NaN");
        AssertRefused(text[..value] + "0.0" + text[text.IndexOf(',', value)..], "measurements[4].layer_metrics.network.0.participation_ratio: is 0.0");
    }

    [Fact]
    public void A_layer_that_comes_or_goes_between_measurements_is_named()
    {
        AssertRefused(Edited(measurement => measurement["layer_metrics"]!.AsObject().Remove("network.2")), "measurements[6].layer_metrics: layer network.2 of measurements[0] is missing");
        AssertRefused(
            Edited(measurement => measurement["layer_metrics"]!["network.4"] = new JsonObject()),
            "measurements[6].layer_metrics.network.4: this layer is not in measurements[0]");
        AssertRefused(Edited(measurement => measurement["layer_metrics"] = new JsonArray()), "measurements[6].layer_metrics: is an array; an object is needed");
    }

    [Fact]
    public void Fewer_than_21_measurements_are_refused_and_21_are_not()
    {
        var root = JsonNode.Parse(File.ReadAllText(Fixture))!;
        Shorten(21);
        using var folder = new TemporaryFolder();
        Assert.Equal(21, StudyJson.Read(folder.Write("short.json", root.ToJsonString())).Points.Count);
        Shorten(20);
        AssertRefused(root.ToJsonString(), "measurements: 20 measurements; at least 21 are needed");

        void Shorten(int count)
        {
            var all = root["measurements"]!.AsArray();
            while (all.Count > count)
            {
                all.RemoveAt(count);
            }
        }
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("[1, 2]", "the file: is an array; an object is needed")]
    [InlineData("{\"measurements\": [", "not valid JSON at line 1")]
    [InlineData("{} {}", "not valid JSON at line 1")]
    public void What_is_no_record_at_all_is_refused(string text, string message) => AssertRefused(text, message);

    [Fact]
    public void Whatever_bytes_are_damaged_the_file_is_read_or_refused_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var random = new MersenneTwister(7);
        var original = File.ReadAllBytes(Fixture);
        var path = folder.PathOf("damaged.json");
        for (var round = 0; round < 300; round++)
        {
            var damaged = original[..(round % 10 == 0 ? random.Next(original.Length) : original.Length)];
            for (var hit = random.Next(4); hit >= 0 && damaged.Length > 0; hit--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, damaged);
            if (Record.Exception(() => StudyJson.Read(path)) is { } refusal)
            {
                Assert.IsType<InputException>(refusal);
            }
        }
    }

    private static string ReplaceFirst(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, right);
        return text[..at] + wrong + text[(at + right.Length)..];
    }

    private static string Edited(Action<JsonNode> edit)
    {
        var root = JsonNode.Parse(File.ReadAllText(Fixture))!;
        edit(root["measurements"]![6]!);
        return root.ToJsonString();
    }

    private static void AssertRefused(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.json", text);
        var refusal = Assert.Throws<InputException>(() => StudyJson.Read(path)).Message;
        Assert.StartsWith($"{path}: ", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal);
    }
}
