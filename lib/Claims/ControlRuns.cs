using Ndt.Records;

namespace Ndt.Claims;

/// <summary>Runs of a control: like ours but for one thing.</summary>
/// <param name="Name">Its folder, and its protocol's name.</param>
/// <param name="What">What it leaves of change.</param>
/// <param name="Records">Its records; empty where it has not been run.</param>
public sealed record ControlRuns(string Name, string What, IReadOnlyList<RunRecord> Records)
{
    /// <summary>Training at learning rate 0.</summary>
    public const string ZeroLearningRate = "zero_learning_rate";

    /// <summary>A fresh probe at every measurement.</summary>
    public const string FreshProbe = "fresh_probe";

    /// <summary>Training on shuffled labels.</summary>
    public const string ShuffledLabels = "shuffled_labels";

    /// <summary>The three of them, without records.</summary>
    public static IReadOnlyList<ControlRuns> Known { get; } =
    [
        new(ZeroLearningRate, "no learning: what the measurement moves by itself", []),
        new(FreshProbe, "other examples at every measurement: sampling noise", []),
        new(ShuffledLabels, "nothing to learn but the examples themselves: memorisation", []),
    ];
}
