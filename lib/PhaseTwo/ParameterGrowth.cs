using Ndt.Checkpoints;

namespace Ndt.PhaseTwo;

/// <summary>How much a network's parameters grow between two states, two ways.</summary>
/// <param name="MeanOverMatrices">The mean over weight matrices of ‖after‖/‖before‖ − 1, each counting alike: how the study computed it.</param>
/// <param name="WholeVector">‖after‖/‖before‖ − 1 of all parameters as one vector, biases too: what "the norm of the parameters" says.</param>
public readonly record struct ParameterGrowth(double MeanOverMatrices, double WholeVector)
{
    /// <summary>Of two states of one network.</summary>
    /// <exception cref="InputException">The later state lacks a tensor.</exception>
    public static ParameterGrowth Between(Checkpoint before, Checkpoint after) => new(
        before.Model.Where(tensor => tensor.Shape.Length == 2).Average(tensor => Math.Sqrt(SquaredNorm(after.Tensor(tensor.Name)) / SquaredNorm(tensor)) - 1),
        Math.Sqrt(before.Model.Sum(tensor => SquaredNorm(after.Tensor(tensor.Name))) / before.Model.Sum(SquaredNorm)) - 1);

    private static double SquaredNorm(NamedTensor tensor) => tensor.ToDoubles().Sum(value => value * value);
}
