using System.Globalization;
using Ndt.Analysis;
using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Tests.Analysis;

/// <summary>The tables against fixtures/phase1, which make_phase1.py computed with NumPy and SciPy.</summary>
public sealed class PhaseOneTableTests
{
    private static readonly Metric[] Metrics =
        [Metric.RecordedStableRank, Metric.StableRank, Metric.ParticipationRatio, Metric.NuclearNormRatio, Metric.EffectiveRank90];

    [Fact]
    public void Tables_of_made_up_records_equal_NumPys()
    {
        var analyses = BatchAnalysis.Run(RecordFile.Find([RepositoryPaths.Fixture("phase1/records")]), Metrics).Analyses;
        AssertEqual("tables/jumps.csv", AnalysisTables.Jumps(analyses).ToString());
        AssertEqual("tables/layers.csv", AnalysisTables.Layers(analyses).ToString());
        AssertEqual("tables/experiments.csv", AnalysisTables.Experiments(analyses).ToString());
    }

    [Fact]
    public void Tables_of_three_of_the_studys_records_equal_NumPys()
    {
        var folder = RepositoryPaths.ArchiveRecordsOrSkip();
        string[] names = ["cnn_deep_mnist", "mlp_shallow_2_ag_news", "transformer_shallow_qmnist"];
        var analyses = BatchAnalysis.Run([.. names.Select(name => Path.Combine(folder, $"{name}.json"))], Metrics).Analyses;
        AssertEqual("archive/layers.csv", AnalysisTables.Layers(analyses).ToString());
        AssertEqual("archive/experiments.csv", AnalysisTables.Experiments(analyses).ToString());
    }

    private static void AssertEqual(string fixture, string table)
    {
        var expected = File.ReadAllLines(RepositoryPaths.Fixture($"phase1/{fixture}"));
        var actual = table.TrimEnd('\n').Split('\n');
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected[0], actual[0]);
        for (var row = 1; row < expected.Length; row++)
        {
            var wanted = expected[row].Split(',');
            var got = actual[row].Split(',');
            Assert.Equal(wanted.Length, got.Length);
            for (var column = 0; column < wanted.Length; column++)
            {
                Assert.True(Same(wanted[column], got[column]), $"{fixture} row {row} column {column}: {wanted[column]} wanted, {got[column]} found");
            }
        }
    }

    /// <summary>Texts and whole numbers exactly; other numbers to 1e-12 of their size.</summary>
    private static bool Same(string wanted, string got) => wanted == got
        || (wanted.AsSpan().ContainsAny(".e")
            && double.TryParse(wanted, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(got, CultureInfo.InvariantCulture, out var b)
            && Math.Abs(a - b) <= 1e-12 * Math.Abs(a));
}
