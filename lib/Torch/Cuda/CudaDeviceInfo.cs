namespace Ndt.Torch.Cuda;

/// <summary>A CUDA device, as its driver describes it.</summary>
/// <param name="Ordinal">Its number among those that this process may use, from 0: libtorch's <c>cuda:0</c>, ….</param>
/// <param name="Name">The card's name.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="ComputeCapability">What its processor can do: 9.0 for Hopper.</param>
public sealed record CudaDeviceInfo(int Ordinal, string Name, long MemoryBytes, Version ComputeCapability);
