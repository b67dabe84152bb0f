using System.Globalization;
using Ndt.Models;
using Ndt.Training;

namespace Ndt.Runs;

/// <summary>One run to be made.</summary>
/// <param name="Architecture">What is trained.</param>
/// <param name="Dataset">Name of the dataset.</param>
/// <param name="Seed">The seed of everything random: initial weights, dropout, data order, and which subset of the dataset.</param>
/// <param name="Protocol">How it is trained and measured.</param>
/// <param name="Threads">Threads of one tensor operation; another number gives other rounding, and so another run.</param>
public sealed record RunSpec(ArchitectureSpec Architecture, string Dataset, int Seed, Protocol Protocol, int Threads = 1)
{
    /// <summary>Where it runs: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Whether a CUDA device computes the same bits each time; the CPU always does.</summary>
    public bool Deterministic { get; init; } = true;

    /// <summary>What is built: the architecture, as wide as the protocol makes it.</summary>
    public ArchitectureSpec Network => Protocol.Width == 1 ? Architecture : Architecture.Widened(Protocol.Width);

    /// <summary><c>ARCHITECTURE_DATASET_sSEED</c>: the name of the run's record without its ending.</summary>
    public string Name => NameOf(Architecture.Name, Dataset, Seed);

    /// <summary>The name of a run.</summary>
    public static string NameOf(string architecture, string dataset, int seed) => string.Create(CultureInfo.InvariantCulture, $"{architecture}_{dataset}_s{seed}");
}
