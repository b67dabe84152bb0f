using Ndt.Data;
using Ndt.Models;
using Ndt.PhaseTwo;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.PhaseTwo;

/// <summary>The comparisons in <c>data/phase2</c> are those of states that anyone can make again.</summary>
[Trait("Category", "Integration")]
[Collection(nameof(TorchGenerator))]
public sealed class CommittedComparisonsTests
{
    private static readonly Lazy<IReadOnlyList<ComparedStates>> Committed = new(() => ComparisonFile.Read(Path.Combine(RepositoryPaths.Root, "data", "phase2", "similarities.parquet")));
    private static readonly CheckpointPlan Plan = CheckpointPlan.Read(Path.Combine(RepositoryPaths.Root, "data", "phase2", "plan.json"));

    [Fact]
    public void Each_row_names_states_of_the_plan_and_the_file_is_small()
    {
        Assert.InRange(new FileInfo(Path.Combine(RepositoryPaths.Root, "data", "phase2", "similarities.parquet")).Length, 1, 15_000_000);
        Assert.All(Committed.Value, row => Assert.True(Plan.Steps.Contains(row.Value.From) && Plan.Seeds.Contains(row.Value.Seed) && row.State.Length == 64));
        Assert.All(Plan.Cells, cell => Assert.InRange(Committed.Value.Where(row => row.Value.Architecture == cell.Architecture && row.Value.Protocol == "study").Select(row => row.Value.Seed).Distinct().Count(), 5, 10));
    }

    /// <summary>cnn_deep trains for about a minute: of the slow tier.</summary>
    [Theory]
    [InlineData("mlp_narrow", 1)]
    [InlineData("cnn_deep", 0)]
    public void A_run_made_again_has_its_rows_in_the_file(string architecture, int seed)
    {
        using var folder = new TemporaryFolder();
        var study = Path.Combine(folder.Root, "study");
        var spec = new RunSpec(ArchitectureCatalogue.Find(architecture), "mnist", seed, Protocol.Study with { MeasureEvery = Protocol.Study.Steps });
        _ = ExperimentRun.Execute(spec, of => DatasetLoader.Load("mnist", of), checkpoints: new RunCheckpoints(study, Plan.Steps, weightsOnly: true), cancellation: TestContext.Current.CancellationToken);
        var made = ComparedStates.Of(RunFeatures.Of(SavedRun.Find(Plan, folder.Root)));
        var kept = Committed.Value.ToDictionary(row => row.Value with { Similarity = 0 });
        Assert.NotEmpty(made);
        Assert.All(made, row => Assert.Equal(kept[row.Value with { Similarity = 0 }].Value.Similarity, row.Value.Similarity, 1e-9));
        Assert.All(made, row => Assert.Equal(kept[row.Value with { Similarity = 0 }].State, row.State));
    }
}
