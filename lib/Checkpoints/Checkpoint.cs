using System.Collections.Immutable;

namespace Ndt.Checkpoints;

/// <summary>A network at one moment of its training: weights, plain values beside them, and optionally the optimiser's state.</summary>
public sealed record Checkpoint
{
    /// <summary>Metadata name of the number of optimiser updates done.</summary>
    public const string StepName = "step";

    /// <summary>Metadata name of the run, such as <c>cnn_deep_mnist</c>.</summary>
    public const string ExperimentName = "experiment_name";

    private static readonly IReadOnlyDictionary<string, CheckpointValue> NoMetadata = new OrderedDictionary<string, CheckpointValue>();

    /// <summary>The model's state dict, in its order.</summary>
    public required ImmutableArray<NamedTensor> Model { get; init; }

    /// <summary>The plain values beside the tensors, in order: <c>step</c>, <c>loss</c>, <c>experiment_name</c> and whatever else there is.</summary>
    public IReadOnlyDictionary<string, CheckpointValue> Metadata { get; init; } = NoMetadata;

    /// <summary>The optimiser's state, or null.</summary>
    public OptimizerState? Optimizer { get; init; }

    /// <summary>Tensors that belong neither to the model nor to the optimiser, such as a random generator's state or the order of the data.</summary>
    public ImmutableArray<NamedTensor> Extra { get; init; } = [];

    /// <summary>
    /// Whether the model's tensors and the plain values stand at the top of the file, as <c>torch.save(network.state_dict())</c> puts
    /// them, rather than under <c>model_state_dict</c>. Written so, too, where there is neither an optimiser's state nor an extra tensor.
    /// </summary>
    public bool IsBare { get; init; }

    /// <summary>Whether it is written so.</summary>
    internal bool IsWrittenBare => IsBare && Optimizer is null && Extra.IsEmpty;

    /// <summary>What the file holds besides, which has no plain value: it was left out. Never written.</summary>
    public ImmutableArray<LeftOutValue> LeftOut { get; init; } = [];

    /// <summary>Optimiser updates done, or null where the checkpoint does not say.</summary>
    public long? Step => Metadata.GetValueOrDefault(StepName) is CheckpointValue.Whole step ? step.Value : null;

    /// <summary>The run's name, or null where the checkpoint does not say.</summary>
    public string? Experiment => Metadata.GetValueOrDefault(ExperimentName) is CheckpointValue.Text name ? name.Value : null;

    /// <summary>The model's tensor of that name.</summary>
    /// <exception cref="InputException">There is none; the message lists the names.</exception>
    public NamedTensor Tensor(string name) =>
        Model.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw new InputException($"The checkpoint has no tensor '{name}'; it has {string.Join(", ", Model.Select(tensor => tensor.Name))}.");

    /// <summary>Every tensor under one flat name: the model's as they are, then <c>optimizer.state.INDEX.NAME</c>, then <c>extra.NAME</c>.</summary>
    public IEnumerable<NamedTensor> AllTensors() => AllTensors(FlatNames.OptimizerState, FlatNames.Extra);

    /// <summary>As above, under other prefixes.</summary>
    internal IEnumerable<NamedTensor> AllTensors(string statePrefix, string extraPrefix)
    {
        foreach (var tensor in Model)
        {
            yield return tensor;
        }

        foreach (var state in Optimizer?.State ?? [])
        {
            foreach (var tensor in state.AllTensors())
            {
                yield return tensor.Rename($"{statePrefix}{state.Index}.{tensor.Name}");
            }
        }

        foreach (var tensor in Extra)
        {
            yield return tensor.Rename(extraPrefix + tensor.Name);
        }
    }

    /// <summary>The checkpoint with all tensors in memory, so that its file may be closed.</summary>
    internal Checkpoint Loaded() => this with
    {
        Model = Loaded(Model),
        Extra = Loaded(Extra),
        Optimizer = Optimizer is null ? null : Optimizer with { State = [.. Optimizer.State.Select(state => state with { Tensors = Loaded(state.Tensors) })] },
    };

    private static ImmutableArray<NamedTensor> Loaded(ImmutableArray<NamedTensor> tensors) => [.. tensors.Select(tensor => tensor.Loaded())];
}
