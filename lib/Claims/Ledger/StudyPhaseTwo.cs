using System.Globalization;
using System.Text.Json;
using Ndt.Checkpoints;
using Ndt.Similarity;
using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>The claims of phase 2, computed anew from the checkpoints and loss files that the study left.</summary>
public static class StudyPhaseTwo
{
    private const int LargestClusterCount = 12;
    private static readonly int[] Steps = [100, 1000, 2000];
    private static readonly (string Claim, string Run)[] Runs = [("transformer", "transformer_deep_mnist"), ("cnn", "cnn_deep_mnist"), ("mlp", "mlp_narrow_mnist")];
    private static readonly (int Number, string Weights)[] Convolutions = [(1, "conv_layers.0.weight"), (2, "conv_layers.3.weight"), (3, "conv_layers.6.weight")];

    /// <summary>Every number by its claim's name; empty where the archive holds no checkpoints.</summary>
    /// <param name="archive">The study's folder: <c>checkpoints/</c> and <c>checkpoint_runs/</c> in it.</param>
    /// <param name="claims">The published numbers: where the study does not name the number of clusters, the silhouette nearest to the published one is taken.</param>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public static IReadOnlyDictionary<string, double> Compute(string archive, IReadOnlyList<Claim> claims)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (!Directory.Exists(Path.Combine(archive, "checkpoints")))
        {
            return values;
        }

        var cnn = Read(archive, "cnn_deep_mnist2");
        var mlp = Read(archive, "mlp_narrow_mnist2");
        foreach (var (from, to) in ((int, int)[])[(100, 1000), (1000, 2000)])
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{from}_{to}");
            values[$"phase2_conv1_cosine_{name}"] = 100 * CosineSimilarity.MeanOverUnits(Filters(cnn[from], Convolutions[0].Weights), Filters(cnn[to], Convolutions[0].Weights));
            values[$"phase2_norm_growth_{name}"] = 100 * Growth(mlp[from], mlp[to]);
        }

        foreach (var (number, weights) in Convolutions)
        {
            foreach (var step in Steps)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"phase2_silhouette_conv{number}_{step}");
                var published = claims.First(claim => claim.Id == id).Published;
                values[id] = Silhouettes(Filters(cnn[step], weights)).MinBy(silhouette => Math.Abs(silhouette - published));
            }
        }

        var trained = Runs.Select(run => (run.Claim, Training: Training(archive, run.Run))).ToArray();
        values["phase2_loss_first_half"] = 100 * trained.Average(run => RunTally.FirstHalfOfLoss(run.Training.Loss));
        foreach (var (claim, training) in trained)
        {
            values[$"phase2_accuracy_{claim}"] = 100 * training.Accuracy;
        }

        return values;
    }

    private static Dictionary<int, Checkpoint> Read(string archive, string run) =>
        Steps.ToDictionary(step => step, step => CheckpointFile.Read(Path.Combine(archive, "checkpoints", run, $"checkpoint_step_{step:D5}.pt")));

    private static Matrix Filters(Checkpoint checkpoint, string weights) => Matrix.FromUnits(checkpoint.Tensor(weights));

    /// <summary>The mean over weight matrices of the growth of the Frobenius norm.</summary>
    private static double Growth(Checkpoint from, Checkpoint to) =>
        from.Model.Where(tensor => tensor.Shape.Length == 2).Average(tensor => (Norm(to.Tensor(tensor.Name)) / Norm(tensor)) - 1);

    private static double Norm(NamedTensor tensor) => Math.Sqrt(tensor.ToDoubles().Sum(value => value * value));

    private static IEnumerable<double> Silhouettes(Matrix filters) =>
        Enumerable.Range(2, LargestClusterCount - 1).Select(k =>
            Silhouette.Mean(filters, KMeans.Cluster(filters.Values, filters.Columns, k, seed: 0, restarts: 3).Labels, Dissimilarity.Euclidean));

    private static (double[] Loss, double Accuracy) Training(string archive, string run)
    {
        var path = Path.Combine(archive, "checkpoint_runs", $"{run}_result.json");
        try
        {
            using var json = JsonDocument.Parse(InputFile.ReadAllBytes(path));
            double[] loss = [.. json.RootElement.GetProperty("measurements").EnumerateArray().Select(point => point.GetProperty("loss").GetDouble())];
            return loss.Length > 0 ? (loss, json.RootElement.GetProperty("final_accuracy").GetDouble()) : throw new JsonException("measurements is empty");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: a study's loss file with measurements and final_accuracy is needed: {e.Message}", e);
        }
    }
}
