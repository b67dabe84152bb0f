using System.Globalization;
using Ndt.Checkpoints;
using Ndt.Similarity;

namespace Ndt.PhaseTwo;

/// <summary>The study's own phase 2: its real checkpoints of a CNN and an MLP (<c>archive/checkpoints</c>; study, §4 H).</summary>
public sealed class StudyStates
{
    private static readonly int[] Steps = [100, 1000, 2000];

    private readonly Dictionary<int, Checkpoint> cnn;
    private readonly Dictionary<int, Checkpoint> mlp;

    private StudyStates(Dictionary<int, Checkpoint> cnn, Dictionary<int, Checkpoint> mlp) => (this.cnn, this.mlp) = (cnn, mlp);

    /// <summary>The archive's checkpoints, or null where the folder does not hold them.</summary>
    /// <exception cref="InputException">One is missing or damaged.</exception>
    public static StudyStates? ReadOrNull(string archive) =>
        Directory.Exists(Path.Combine(archive, "checkpoints"))
            ? new StudyStates(ReadAll(archive, "cnn_deep_mnist2"), ReadAll(archive, "mlp_narrow_mnist2"))
            : null;

    /// <summary>The published numbers beside what the checkpoints give. Silhouettes are given over random starts of k-means, with the study's number of clusters.</summary>
    public IReadOnlyList<PublishedState> Published()
    {
        var filters = Steps.ToDictionary(step => step, step => cnn[step].Tensor("conv_layers.0.weight"));
        var rows = new List<PublishedState>
        {
            Exact("conv1 filter cosine 100→1000", 0.9851, 4, Cosine(100, 1000), "mean over filters"),
            Exact("conv1 filter cosine 1000→2000", 0.9962, 4, Cosine(1000, 2000), "mean over filters"),
            Exact("MLP norm growth 100→1000", 0.209, 3, Growth(100, 1000), "mean over weight matrices"),
            Exact("MLP norm growth 1000→2000", 0.096, 3, Growth(1000, 2000), "mean over weight matrices"),
        };
        foreach (var (conv, name, published) in new[]
        {
            (1, "conv_layers.0.weight", new[] { 0.102, 0.140, 0.190 }),
            (2, "conv_layers.3.weight", [0.017, 0.049, 0.060]),
            (3, "conv_layers.6.weight", [0.004, 0.006, 0.019]),
        })
        {
            rows.AddRange(Steps.Select((step, i) =>
            {
                var starts = SilhouetteStarts.Of(Matrix.FromUnits(cnn[step].Tensor(name)));
                return new PublishedState(
                    $"conv{conv} silhouette at {step}", published[i], starts.Low, starts.High,
                    string.Create(CultureInfo.InvariantCulture, $"95 % of {starts.Values.Count} starts, k = {starts.Clusters}; above {100 * starts.PlaceOf(published[i]):0} % of them"),
                    starts.Reaches(published[i]));
            }));
        }

        return rows;

        double Cosine(int from, int to) => CosineSimilarity.MeanOverUnits(Matrix.FromUnits(filters[from]), Matrix.FromUnits(filters[to]));
        double Growth(int from, int to) => ParameterGrowth.Between(mlp[from], mlp[to]).MeanOverMatrices;
        static PublishedState Exact(string quantity, double published, int decimals, double found, string note) =>
            new(quantity, published, found, found, note, Math.Round(found, decimals) == published);
    }

    /// <summary>What the study left out: every layer of the CNN, its share of the weights, and early against late.</summary>
    public IReadOnlyList<WeightComparison> Cnn() => Compare(cnn);

    /// <summary>The same of the MLP.</summary>
    public IReadOnlyList<WeightComparison> Mlp() => Compare(mlp);

    /// <summary>Updates that the MLP's optimiser had counted at the steps named 100, 1000 and 2000.</summary>
    public IReadOnlyList<long?> MlpUpdates() => [.. Steps.Select(step => mlp[step].Optimizer?.State[0].Step)];

    private static IReadOnlyList<WeightComparison> Compare(Dictionary<int, Checkpoint> states) =>
        [.. new[] { (100, 1000), (1000, 2000), (100, 2000) }.SelectMany(pair => WeightComparison.Of(states[pair.Item1], pair.Item1, states[pair.Item2], pair.Item2))];

    private static Dictionary<int, Checkpoint> ReadAll(string archive, string run) =>
        Steps.ToDictionary(step => step, step => CheckpointFile.Read(Path.Combine(archive, "checkpoints", run, $"checkpoint_step_{step:D5}.pt")));
}
