using System.Collections.Immutable;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Checkpoints;

/// <summary>
/// Between <see cref="FlatOptimiser"/> and the state dict of PyTorch's Adam or SGD, which knows parameters by their index among those that it was
/// given: all of the model's, or only those that are trained. Running statistics and other buffers have none. The order is that of
/// the model's state dict, which has to be PyTorch's for PyTorch to understand it.
/// </summary>
public static class OptimiserCheckpoint
{
    /// <summary>A copy of the optimiser's state, for a checkpoint of <paramref name="model"/>.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="model">The model's state dict; indexes count its parameters, frozen ones among them, as <c>Adam(network.parameters())</c> does.</param>
    public static OptimizerState StateOf(FlatOptimiser optimizer, ImmutableArray<NamedTensor> model)
    {
        using var scope = NewDisposeScope();
        var index = Parameters(optimizer, model).Select((name, place) => (name, place)).ToDictionary(item => item.name, item => item.place);
        var states = optimizer.Moments()
            .GroupBy(moment => moment.Parameter)
            .Select(own => new ParameterState(index[own.Key], optimizer.Step, [.. own.Select(moment => moment.Value.ToNamed(moment.Name))]))
            .OrderBy(state => state.Index)
            .ToImmutableArray();
        return new OptimizerState(states, [new ParameterGroup(Options(optimizer), [.. Enumerable.Range(0, index.Count)])]);
    }

    /// <summary>Sets an optimiser to a checkpoint's state.</summary>
    /// <exception cref="InputException">The checkpoint has no optimiser's state, or not that of these parameters; the optimiser may be changed in part then.</exception>
    public static void Restore(FlatOptimiser optimizer, Checkpoint checkpoint)
    {
        if (checkpoint.Optimizer is not { State: { IsEmpty: false } states })
        {
            throw new InputException("The checkpoint holds no state of the optimiser, so training cannot go on from it.");
        }

        var steps = states.Select(state => state.Step).Distinct().ToArray();
        if (steps is not [{ } step])
        {
            throw new InputException($"The checkpoint's optimiser counts {string.Join(", ", steps.Select(count => count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"))} updates for different parameters; one count is expected.");
        }

        using var scope = NewDisposeScope();
        var names = NamesByIndex(optimizer, checkpoint.Optimizer, checkpoint.Model);
        if (states.FirstOrDefault(state => state.Index >= names.Length) is { } beyond)
        {
            throw new InputException($"The checkpoint's optimiser has a state for parameter {beyond.Index}; the model has {names.Length}.");
        }

        var byName = states.ToDictionary(state => names[state.Index]);
        optimizer.Restore(step, (parameter, moment) => byName.TryGetValue(parameter, out var state) ? Moment(state, moment).ToTorch() : null);
    }

    private static string[] Parameters(FlatOptimiser optimizer, ImmutableArray<NamedTensor> model)
    {
        var parameters = optimizer.ModuleParameters.ToHashSet();
        return [.. model.Select(tensor => tensor.Name).Where(parameters.Contains)];
    }

    /// <summary>
    /// The parameter of each index. Where the groups count exactly the trained parameters, without a gap, the optimiser was given
    /// those (<c>filter(lambda p: p.requires_grad, …)</c>); else all.
    /// </summary>
    private static string[] NamesByIndex(FlatOptimiser optimizer, OptimizerState state, ImmutableArray<NamedTensor> model)
    {
        var all = Parameters(optimizer, model);
        var trained = all.Where(optimizer.Trains).ToArray();
        var given = state.Groups.SelectMany(group => group.Parameters).Order().ToArray();
        return given.SequenceEqual(Enumerable.Range(0, trained.Length)) ? trained : all;
    }

    private static NamedTensor Moment(ParameterState state, string name) =>
        state.Tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw new InputException($"The checkpoint's optimiser has no {name} for parameter {state.Index}; the state of the same kind of optimiser is expected.");

    /// <summary>Every option that PyTorch 1.13's optimiser looks up, those it does not share with ours at its defaults.</summary>
    private static OrderedDictionary<string, CheckpointValue> Options(FlatOptimiser optimizer) => optimizer switch
    {
        FlatAdam adam => new()
        {
            ["lr"] = adam.Options.LearningRate,
            ["betas"] = new CheckpointValue.Sequence([adam.Options.Beta1, adam.Options.Beta2]),
            ["eps"] = adam.Options.Epsilon,
            ["weight_decay"] = adam.Options.WeightDecay == 0 ? 0L : adam.Options.WeightDecay,
            ["amsgrad"] = false,
            ["maximize"] = false,
            ["foreach"] = new CheckpointValue.None(),
            ["capturable"] = false,
            ["differentiable"] = false,
            ["fused"] = new CheckpointValue.None(),
        },
        FlatSgd sgd => new()
        {
            ["lr"] = sgd.Options.LearningRate,
            ["momentum"] = sgd.Options.Momentum,
            ["dampening"] = 0L,
            ["weight_decay"] = 0L,
            ["nesterov"] = false,
            ["maximize"] = false,
            ["foreach"] = new CheckpointValue.None(),
            ["differentiable"] = false,
        },
        _ => throw new NotSupportedException(optimizer.GetType().Name),
    };
}
