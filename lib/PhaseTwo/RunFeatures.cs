using Ndt.Data;
using Ndt.Models;

namespace Ndt.PhaseTwo;

/// <summary>A run's features at every step of the plan.</summary>
/// <param name="Run">Which run.</param>
/// <param name="States">The states by optimiser updates done, ascending.</param>
public sealed record RunFeatures(SavedRun Run, IReadOnlyDictionary<int, NetworkFeatures> States)
{
    /// <summary>
    /// The features of runs, all on one probe set per dataset: the first validation examples of seed 0, which no run was trained on.
    /// </summary>
    /// <param name="runs">The runs.</param>
    /// <param name="device">Where the networks run: <c>cpu</c>, <c>cuda</c> or <c>auto</c>. The comparisons of features are made on the CPU.</param>
    public static IReadOnlyList<RunFeatures> Of(IEnumerable<SavedRun> runs, string device = "cpu")
    {
        var probes = new Dictionary<string, TrainingData>();
        return [.. runs.Select(run => new RunFeatures(run, run.Files.ToDictionary(
            file => file.Key,
            file => NetworkFeatures.Read(ArchitectureCatalogue.Find(run.Architecture), file.Value, ProbeOf(run.Dataset, probes), device))))];
    }

    /// <summary>The probe set of a dataset that all runs share.</summary>
    public static TrainingData ProbeOf(string dataset) => DatasetLoader.Load(dataset, seed: 0);

    private static TrainingData ProbeOf(string dataset, Dictionary<string, TrainingData> loaded) =>
        loaded.TryGetValue(dataset, out var data) ? data : loaded[dataset] = ProbeOf(dataset);
}
