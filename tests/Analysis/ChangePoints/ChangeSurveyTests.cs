using Ndt.Analysis.ChangePoints;

namespace Ndt.Tests.Analysis.ChangePoints;

public sealed class ChangeSurveyTests
{
    [Fact]
    public void A_survey_counts_changes_and_places_them_in_training()
    {
        // Increment 39 starts at step 195, before 10 % of 2,000; increment 40 at step 200 does not.
        var runs = Enumerable.Range(0, 3).Select(run => MadeRun.Of([Step(39), Step(40), Step(-1)], architecture: $"mlp_{run}")).ToArray();
        var survey = ChangeSurvey.Of(runs, [new IncrementRule(), new PeltDetector()], replicates: 20, seed: 1);
        Assert.Equal(["z > 2", "PELT (L2)"], survey.Select(row => row.Detector));
        Assert.All(survey, row =>
        {
            Assert.Equal((3, 9, 6, 6), (row.Runs, row.Layers, row.LayersWithChanges, row.Changes));
            Assert.Equal(6.0 / 9, row.PerLayer.Estimate);
            Assert.Equal(0.5, row.EarlyShare.Estimate);
            Assert.Equal(3, row.EarlyShare.Clusters);
        });
    }

    [Fact]
    public void A_survey_of_no_runs_is_refused() =>
        Assert.Contains("at least one run", Assert.Throws<ArgumentException>(() => ChangeSurvey.Of([], [new IncrementRule()], replicates: 20, seed: 1)).Message, StringComparison.Ordinal);

    private static double[] Step(int increment) => [.. Enumerable.Range(0, MadeRun.Increments).Select(i => i == increment ? 1.0 : 0)];
}
