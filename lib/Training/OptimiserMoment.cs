using static TorchSharp.torch;

namespace Ndt.Training;

/// <summary>One moment that an optimiser keeps of one parameter.</summary>
/// <param name="Parameter">The parameter's name in the module.</param>
/// <param name="Name">PyTorch's name of the moment: <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>momentum_buffer</c>.</param>
/// <param name="Value">The moment, of the parameter's shape.</param>
public readonly record struct OptimiserMoment(string Parameter, string Name, Tensor Value);
