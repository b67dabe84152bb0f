namespace Ndt.Training;

/// <summary>Parameters of stochastic gradient descent with momentum.</summary>
/// <param name="LearningRate">Step size α.</param>
/// <param name="Momentum">What is kept of the buffer at each update, μ; 0 for plain descent.</param>
public readonly record struct SgdOptions(double LearningRate, double Momentum = 0.9);
