using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Models;
using Ndt.Similarity;
using Ndt.Training;

namespace Ndt.PhaseTwo;

/// <summary>Compares the states of runs with each other and with controls, layer by layer and measure by measure.</summary>
public static class Comparisons
{
    /// <summary>Untrained networks that a state is compared with: seeds that no plan has, counted from here.</summary>
    private const int FirstUntrainedSeed = 1000;

    private const int UntrainedNetworks = 2;
    private static readonly string Study = Protocol.Study.Name;

    /// <summary>Name of the protocol with shuffled labels.</summary>
    internal static string Shuffled { get; } = Protocol.All.First(protocol => protocol.ShuffledLabels).Name;

    /// <summary>
    /// All comparisons (<see cref="ComparisonKind"/>) of every layer, and their means over the hidden layers
    /// (<see cref="SimilarityValue.HiddenLayers"/>). Random permutations and noise are functions of the run's seed.
    /// </summary>
    public static IReadOnlyList<SimilarityValue> Of(IReadOnlyList<RunFeatures> runs) => [.. Pairs(runs).AsParallel().AsOrdered().SelectMany(Compare)];

    private static IEnumerable<StatePair> Pairs(IReadOnlyList<RunFeatures> runs)
    {
        foreach (var group in runs.GroupBy(run => (run.Run.Architecture, run.Run.Dataset)))
        {
            var untrained = UntrainedLike(group.First().Run);
            foreach (var (run, states) in group)
            {
                foreach (var (step, state) in states)
                {
                    foreach (var (later, other) in states.Where(other => other.Key > step))
                    {
                        yield return new(ComparisonKind.OverTime, run, step, state, later, other, run.Seed);
                    }

                    yield return new(ComparisonKind.Permuted, run, step, state, step, Permuted(state, run.Seed), run.Seed);
                    yield return new(ComparisonKind.Noise, run, step, state, step, Noise(state, run.Seed), run.Seed);
                    foreach (var (seed, features) in untrained)
                    {
                        yield return new(ComparisonKind.Untrained, run, step, state, 0, features, seed);
                    }

                    foreach (var (otherRun, otherStates) in group)
                    {
                        if (otherRun.Protocol == run.Protocol && otherRun.Seed > run.Seed)
                        {
                            yield return new(ComparisonKind.OtherSeed, run, step, state, step, otherStates[step], otherRun.Seed);
                        }
                        else if (run.Protocol == Study && otherRun.Protocol == Shuffled && otherRun.Seed == run.Seed)
                        {
                            yield return new(ComparisonKind.ShuffledLabels, run, step, state, step, otherStates[step], run.Seed);
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<SimilarityValue> Compare(StatePair pair)
    {
        foreach (var measure in SimilarityMeasure.AtAnySampleSize)
        {
            var layers = pair.A.Layers.Zip(pair.B.Layers, (x, y) => new SimilarityValue(
                pair.Kind, pair.Run.Architecture, pair.Run.Protocol, x.Layer.Name, x.Layer.Depth, measure.Name, pair.From, pair.To, pair.Run.Seed, pair.OtherSeed, measure.Of(x.Activations, y.Activations))).ToArray();
            foreach (var layer in layers)
            {
                yield return layer;
            }

            yield return layers[0] with { Layer = SimilarityValue.HiddenLayers, Depth = -1, Similarity = layers[..^1].Average(value => value.Similarity) };
        }
    }

    /// <summary>The untrained networks that a run's states are compared with.</summary>
    internal static (int Seed, NetworkFeatures Features)[] UntrainedLike(SavedRun run)
    {
        var (architecture, probe) = (ArchitectureCatalogue.Find(run.Architecture), RunFeatures.ProbeOf(run.Dataset));
        return [.. Enumerable.Range(FirstUntrainedSeed, UntrainedNetworks).Select(seed => (seed, NetworkFeatures.Untrained(architecture, seed, probe)))];
    }

    /// <summary>The state with the units of every layer permuted: what the network gives whose weights are permuted accordingly.</summary>
    internal static NetworkFeatures Permuted(NetworkFeatures state, int seed)
    {
        var random = new MersenneTwister(seed, threadSafe: false);
        return state with { Layers = [.. state.Layers.Select(layer => layer with { Activations = PermuteColumns(layer.Activations, random) })] };
    }

    private static NetworkFeatures Noise(NetworkFeatures state, int seed)
    {
        var random = new MersenneTwister(seed, threadSafe: false);
        return state with { Layers = [.. state.Layers.Select(layer => layer with { Activations = Gaussian(layer.Activations.Rows, layer.Activations.Columns, random) })] };
    }

    private static Matrix PermuteColumns(Matrix matrix, MersenneTwister random)
    {
        var order = Enumerable.Range(0, matrix.Columns).ToArray();
        random.Shuffle(order);
        var values = new double[matrix.Values.Length];
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var column = 0; column < order.Length; column++)
            {
                values[(row * order.Length) + column] = matrix[row, order[column]];
            }
        }

        return new Matrix(matrix.Rows, matrix.Columns, values);
    }

    private static Matrix Gaussian(int rows, int columns, MersenneTwister random)
    {
        var values = new double[rows * columns];
        Normal.Samples(random, values, 0, 1);
        return new Matrix(rows, columns, values);
    }

    private sealed record StatePair(ComparisonKind Kind, SavedRun Run, int From, NetworkFeatures A, int To, NetworkFeatures B, int OtherSeed);
}
