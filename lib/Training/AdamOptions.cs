namespace Ndt.Training;

/// <summary>Parameters of Adam (Kingma and Ba 2015, algorithm 1), with PyTorch's defaults, which the study used; with a weight decay those of AdamW.</summary>
/// <param name="LearningRate">Step size α; 0 leaves the parameters as they are.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">AdamW's λ: before an update the weights are multiplied by 1 − α·λ. 0 for Adam.</param>
public readonly record struct AdamOptions(double LearningRate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0)
{
    /// <summary>PyTorch's defaults: α 0.001, β 0.9 and 0.999, ε 1e-8.</summary>
    public static AdamOptions Default { get; } = new(1e-3);
}
