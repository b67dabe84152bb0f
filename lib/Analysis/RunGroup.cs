using System.Globalization;

namespace Ndt.Analysis;

/// <summary>Runs that are looked at together.</summary>
/// <param name="Kind">What they share: <c>all</c>, <c>family</c>, <c>dataset</c> or <c>seed</c>.</param>
/// <param name="Name">Its name for readers: <c>MLP</c>, <c>AG News</c>, <c>seed 3</c>.</param>
/// <param name="Runs">The runs; at least one.</param>
public sealed record RunGroup(string Kind, string Name, IReadOnlyList<StudiedRun> Runs)
{
    /// <summary>Kind of the one group of all runs.</summary>
    public const string All = "all";

    private static readonly string[] Datasets = ["mnist", "fashion_mnist", "qmnist", "ag_news", "ag_news_words"];

    /// <summary>All runs, then those of each family, of each dataset and, where there are several, of each seed; groups without runs are not there.</summary>
    public static IReadOnlyList<RunGroup> Of(IReadOnlyList<StudiedRun> runs)
    {
        var seeds = By("seed", run => string.Create(CultureInfo.InvariantCulture, $"seed {run.Run.Seed}"));
        return
        [
            new RunGroup(All, "all runs", runs),
            .. ByFamily(runs),
            .. By("dataset", run => DatasetName(run.Run.Dataset)),
            .. seeds.Length > 1 ? seeds.OrderBy(group => group.Runs[0].Run.Seed).ToArray() : [],
        ];

        RunGroup[] By(string kind, Func<StudiedRun, string> name) =>
            [.. runs.GroupBy(name).Select(group => new RunGroup(kind, group.Key, [.. group])).OrderBy(group => group.Name, StringComparer.Ordinal)];
    }

    /// <summary>The runs of each family, in the order in which families first come.</summary>
    public static IReadOnlyList<RunGroup> ByFamily(IReadOnlyList<StudiedRun> runs) =>
        [.. runs.GroupBy(run => run.Run.Family).Select(group => new RunGroup("family", FamilyName(group.Key), [.. group]))];

    /// <summary>A family's name for readers.</summary>
    public static string FamilyName(string family) => family switch
    {
        "mlp" => "MLP",
        "cnn" => "CNN",
        "transformer" => "Transformer",
        _ => family,
    };

    /// <summary>An architecture's name for readers: <c>mlp_deep_10</c> is <c>MLP deep 10</c>.</summary>
    public static string ArchitectureName(string architecture)
    {
        var words = architecture.Split('_');
        return string.Join(' ', [FamilyName(words[0]), .. words[1..]]).Replace("very", "very ", StringComparison.Ordinal);
    }

    /// <summary>A cell's name for readers: <c>cnn_deep_mnist</c> is <c>CNN deep on MNIST</c>. One of an unknown dataset stays as it is.</summary>
    public static string CellName(string experiment) =>
        DatasetOf(experiment) is { } known ? $"{ArchitectureName(ArchitectureOf(experiment))} on {DatasetName(known)}" : experiment;

    /// <summary>A cell's architecture: <c>mlp_deep_10</c> of <c>mlp_deep_10_ag_news_words</c>. A cell of an unknown dataset counts as an architecture of its own.</summary>
    public static string ArchitectureOf(string experiment) => DatasetOf(experiment) is { } known ? experiment[..^(known.Length + 1)] : experiment;

    /// <summary>A dataset's name for readers.</summary>
    public static string DatasetName(string dataset) => dataset switch
    {
        "mnist" => "MNIST",
        "fashion_mnist" => "Fashion-MNIST",
        "qmnist" => "QMNIST",
        "ag_news" => "AG News",
        "ag_news_words" => "AG News words",
        _ => dataset,
    };

    // The longest, since one dataset's name may end another's: fashion_mnist.
    private static string? DatasetOf(string experiment) =>
        Datasets.Where(dataset => experiment.EndsWith("_" + dataset, StringComparison.Ordinal)).MaxBy(dataset => dataset.Length);
}
