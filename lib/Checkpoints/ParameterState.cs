using System.Collections.Immutable;
using Ndt.Checkpoints.Pickle;

namespace Ndt.Checkpoints;

/// <summary>What an optimiser remembers of one parameter.</summary>
/// <param name="Index">The parameter's index over all groups, from 0.</param>
/// <param name="Step">Updates done; null where the optimiser does not count. Written as a scalar tensor, PyTorch's form since 1.12: float32, or float64 beyond what that counts to.</param>
/// <param name="Tensors">The other tensors under PyTorch's names: <c>exp_avg</c> and <c>exp_avg_sq</c> for Adam.</param>
public sealed record ParameterState(int Index, long? Step, ImmutableArray<NamedTensor> Tensors)
{
    /// <summary>Whether nothing is remembered; such a state is neither read nor written.</summary>
    internal bool IsEmpty => Step is null && Tensors.IsEmpty;

    /// <summary>The tensors, before them that of the step where there is one.</summary>
    internal ImmutableArray<NamedTensor> AllTensors() => StepTensor() is { } step ? Tensors.Insert(0, step) : Tensors;

    /// <summary><see cref="Step"/> as PyTorch keeps it.</summary>
    private NamedTensor? StepTensor() => Step is not { } step ? null
        : (long)(float)step == step ? NamedTensor.Create(CheckpointNames.Step, ElementType.F32, [(float)step])
        : NamedTensor.Create(CheckpointNames.Step, ElementType.F64, [(double)step]);
}
