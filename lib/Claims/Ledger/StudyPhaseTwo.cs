using System.Globalization;
using System.Text.Json;
using Ndt.Checkpoints;
using Ndt.PhaseTwo;
using Ndt.Similarity;

namespace Ndt.Claims.Ledger;

/// <summary>The claims of phase 2, computed anew from the checkpoints and loss files that the study left.</summary>
public static class StudyPhaseTwo
{
    /// <summary>Ends the name of a growth of all parameters as one vector.</summary>
    public const string WholeVector = "_whole_vector";

    /// <summary>Ends the name of the 2.5 % quantile over random starts.</summary>
    public const string Low = "_low";

    /// <summary>Ends the name of the 97.5 % quantile over random starts.</summary>
    public const string High = "_high";

    /// <summary>Ends the name of the smallest over random starts.</summary>
    public const string Lowest = "_lowest";

    /// <summary>Ends the name of the largest over random starts.</summary>
    public const string Highest = "_highest";

    /// <summary>Ends the name of the published number's place among random starts, 0 to 1.</summary>
    public const string Place = "_place";

    /// <summary>Ends the name of what Gaussian filters of the same shape give, on the mean.</summary>
    public const string Gaussian = "_gaussian";

    /// <summary>Ends the name of the same between single batches.</summary>
    public const string SingleBatches = "_single_batches";

    /// <summary>Ends the name of the accuracy that the file of the continued run gives.</summary>
    public const string Continued = "_continued";

    internal static readonly int[] Steps = [100, 1000, 2000];
    internal static readonly (int Number, string Weights)[] Convolutions = [(1, "conv_layers.0.weight"), (2, "conv_layers.3.weight"), (3, "conv_layers.6.weight")];
    private const int GaussianDraws = 40;
    private static readonly (string Claim, string Run)[] Runs = [("transformer", "transformer_deep_mnist"), ("cnn", "cnn_deep_mnist"), ("mlp", "mlp_narrow_mnist")];

    /// <summary>Every number by its claim's name, and what stands beside it by that name and one of the endings above; empty where the archive holds no checkpoints.</summary>
    /// <param name="archive">The study's folder: <c>checkpoints/</c> and <c>checkpoint_runs/</c> in it.</param>
    /// <param name="claims">The published numbers.</param>
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
            var growth = ParameterGrowth.Between(mlp[from], mlp[to]);
            values[$"phase2_norm_growth_{name}"] = 100 * growth.MeanOverMatrices;
            values[$"phase2_norm_growth_{name}{WholeVector}"] = 100 * growth.WholeVector;
        }

        foreach (var (number, weights) in Convolutions)
        {
            var shape = Filters(cnn[Steps[0]], weights);
            var gaussian = SilhouetteStarts.OfGaussian(shape.Rows, shape.Columns, GaussianDraws, seed: 0);
            foreach (var step in Steps)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"phase2_silhouette_conv{number}_{step}");
                var starts = SilhouetteStarts.Of(Filters(cnn[step], weights));
                values[id] = starts.Median;
                values[id + Lowest] = starts.Values[0];
                values[id + Highest] = starts.Values[^1];
                values[id + Low] = starts.Low;
                values[id + High] = starts.High;
                values[id + Place] = starts.PlaceOf(claims.First(claim => claim.Id == id).Published);
                values[id + Gaussian] = gaussian;
            }
        }

        var trained = Runs.Select(run => (run.Claim, Training: Training(archive, run.Run))).ToArray();
        values["phase2_loss_first_half"] = 100 * trained.Average(run => PhaseMeans.ShareOfFall(run.Training.Steps, run.Training.Loss));
        values["phase2_loss_first_half" + SingleBatches] = 100 * trained.Average(run => PhaseMeans.ShareOfFallBetweenBatches(run.Training.Loss));
        var continued = ContinuedAccuracies(archive);
        foreach (var ((claim, run), (_, training)) in Runs.Zip(trained))
        {
            values[$"phase2_accuracy_{claim}"] = 100 * training.Accuracy;
            values[$"phase2_accuracy_{claim}{Continued}"] = 100 * continued.GetValueOrDefault(run, double.NaN);
        }

        return values;
    }

    internal static Matrix Filters(Checkpoint checkpoint, string weights) => Matrix.FromUnits(checkpoint.Tensor(weights));

    private static Dictionary<int, Checkpoint> Read(string archive, string run) =>
        Steps.ToDictionary(step => step, step => CheckpointFile.Read(Path.Combine(archive, "checkpoints", run, $"checkpoint_step_{step:D5}.pt")));

    private static (int[] Steps, double[] Loss, double Accuracy) Training(string archive, string run) =>
        FromJson<(int[], double[], double)>(Path.Combine(archive, "checkpoint_runs", $"{run}_result.json"), "a study's loss file with measurements and final_accuracy", root =>
        {
            var points = root.GetProperty("measurements").EnumerateArray().ToArray();
            double[] loss = [.. points.Select(point => point.GetProperty("loss").GetDouble())];
            return loss.Length > 0
                ? ([.. points.Select(point => point.GetProperty("step").GetInt32())], loss, root.GetProperty("final_accuracy").GetDouble())
                : throw new JsonException("measurements is empty");
        });

    private static Dictionary<string, double> ContinuedAccuracies(string archive)
    {
        var path = Path.Combine(archive, "checkpoint_runs", "continuation_summary.json");
        return !File.Exists(path) ? [] : FromJson(path, "the study's summary of continued runs", root => root.GetProperty("experiments").EnumerateArray()
            .ToDictionary(run => run.GetProperty("experiment_name").GetString()!, run => run.GetProperty("final_accuracy").GetDouble()));
    }

    private static T FromJson<T>(string path, string what, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(InputFile.ReadAllBytes(path));
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: {what} is needed: {e.Message}", e);
        }
    }
}
