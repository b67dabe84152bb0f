using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.Random;

namespace Ndt.Statistics;

/// <summary>
/// k-means by Lloyd's iteration (Lloyd, "Least squares quantization in PCM", 1982, doi:10.1109/TIT.1982.1056489) from k-means++ starts
/// (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007), the best of several.
/// </summary>
/// <remarks>k-means always finds k clusters, in noise too; their number is no finding (study, defect I).</remarks>
public static class KMeans
{
    private const int MostIterations = 300;

    /// <summary>
    /// Partitions points, given in row order with <paramref name="dimensions"/> coordinates each, into <paramref name="clusters"/>
    /// clusters. The same seed gives the same result. Scale is the caller's matter (<see cref="Standardisation"/>).
    /// </summary>
    /// <param name="points">Points in row order.</param>
    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="clusters">k.</param>
    /// <param name="seed">Of the starts.</param>
    /// <param name="restarts">Starts, of which the best is kept.</param>
    /// <param name="candidates">Points drawn for each further start, of which the one that leaves the least distance is kept; 1 is plain k-means++, 2 + ⌊ln k⌋ the greedy variant that scikit-learn has.</param>
    /// <exception cref="ArgumentException">The values do not fill whole rows, there are fewer points than clusters, or a value is not finite.</exception>
    public static Clustering Cluster(ReadOnlySpan<double> points, int dimensions, int clusters, int seed, int restarts = 32, int candidates = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(restarts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        if (points.Length % dimensions != 0 || points.Length / dimensions < clusters)
        {
            throw new ArgumentException($"{points.Length} values are not at least {clusters} points of {dimensions} coordinates", nameof(points));
        }

        foreach (var value in points)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"a coordinate is {value}; distances need finite ones", nameof(points));
            }
        }

        var random = new MersenneTwister(seed);
        var search = new Search(points, dimensions, clusters, candidates);
        for (var restart = 0; restart < restarts; restart++)
        {
            search.Restart(random);
        }

        return search.Best();
    }

    private ref struct Search
    {
        private readonly ReadOnlySpan<double> points;
        private readonly int dimensions;
        private readonly int clusters;
        private readonly int count;
        private readonly int candidates;
        private readonly int[] labels;
        private readonly double[] distances;
        private readonly double[] centres;
        private int[] bestLabels = [];
        private double bestInertia = double.PositiveInfinity;

        public Search(ReadOnlySpan<double> points, int dimensions, int clusters, int candidates)
        {
            this.candidates = candidates;
            this.points = points;
            this.dimensions = dimensions;
            this.clusters = clusters;
            count = points.Length / dimensions;
            labels = new int[count];
            distances = new double[count];
            centres = new double[clusters * dimensions];
        }

        public void Restart(Random random)
        {
            Seed(random);
            Array.Fill(labels, -1);
            for (var iteration = 0; iteration < MostIterations && Assign(); iteration++)
            {
                MoveCentres();
            }

            var inertia = PairwiseSum.Of(distances);
            if (inertia < bestInertia)
            {
                bestInertia = inertia;
                bestLabels = [.. labels];
            }
        }

        public readonly Clustering Best()
        {
            var sizes = new int[clusters];
            foreach (var label in bestLabels)
            {
                sizes[label]++;
            }

            var order = Enumerable.Range(0, clusters).OrderByDescending(cluster => sizes[cluster]).ToArray();
            var place = new int[clusters];
            for (var rank = 0; rank < clusters; rank++)
            {
                place[order[rank]] = rank;
            }

            var ordered = Array.ConvertAll(bestLabels, label => place[label]);
            var means = new double[clusters * dimensions];
            Means(ordered, means);
            return new Clustering(ordered, Array.ConvertAll(order, cluster => sizes[cluster]), means, bestInertia);
        }

        /// <summary>k-means++: the first centre is any point, each further one is drawn with probability proportional to its squared distance from those chosen.</summary>
        private readonly void Seed(Random random)
        {
            Array.Fill(distances, double.PositiveInfinity);
            var chosen = random.Next(count);
            for (var centre = 0; centre < clusters; centre++)
            {
                Point(chosen).CopyTo(Centre(centre));
                var total = 0.0;
                for (var point = 0; point < count; point++)
                {
                    distances[point] = Math.Min(distances[point], SquaredDistance(point, centre));
                    total += distances[point];
                }

                chosen = Draw(random.NextDouble() * total);
                for (var candidate = 1; candidate < candidates; candidate++)
                {
                    var other = Draw(random.NextDouble() * total);
                    chosen = Remaining(other) < Remaining(chosen) ? other : chosen;
                }
            }
        }

        /// <summary>Σ squared distance from the nearest start, were a point one too.</summary>
        private readonly double Remaining(int start)
        {
            var sum = 0.0;
            for (var point = 0; point < count; point++)
            {
                sum += Math.Min(distances[point], SquaredDistance(Point(point), Point(start)));
            }

            return sum;
        }

        private readonly int Draw(double target)
        {
            for (var point = 0; point < count; point++)
            {
                target -= distances[point];
                if (target < 0)
                {
                    return point;
                }
            }

            return count - 1;
        }

        /// <summary>Gives every point its nearest centre; false when none changed.</summary>
        private readonly bool Assign()
        {
            var changed = false;
            for (var point = 0; point < count; point++)
            {
                var nearest = 0;
                var least = SquaredDistance(point, 0);
                for (var centre = 1; centre < clusters; centre++)
                {
                    var distance = SquaredDistance(point, centre);
                    if (distance < least)
                    {
                        least = distance;
                        nearest = centre;
                    }
                }

                distances[point] = least;
                changed |= labels[point] != nearest;
                labels[point] = nearest;
            }

            return changed;
        }

        private readonly void MoveCentres()
        {
            // An empty cluster starts anew at the point that is worst served, so that k clusters stay k.
            for (var cluster = 0; cluster < clusters; cluster++)
            {
                if (Array.IndexOf(labels, cluster) < 0)
                {
                    var farthest = distances.AsSpan().IndexOf(distances.Max());
                    labels[farthest] = cluster;
                    distances[farthest] = 0;
                }
            }

            Means(labels, centres);
        }

        private readonly void Means(int[] assigned, double[] means)
        {
            Array.Clear(means);
            var sizes = new int[clusters];
            for (var point = 0; point < count; point++)
            {
                var cluster = assigned[point];
                sizes[cluster]++;
                var mean = means.AsSpan(cluster * dimensions, dimensions);
                TensorPrimitives.Add(mean, Point(point), mean);
            }

            for (var i = 0; i < means.Length; i++)
            {
                means[i] /= Math.Max(1, sizes[i / dimensions]);
            }
        }

        private readonly double SquaredDistance(int point, int centre) => SquaredDistance(Point(point), Centre(centre));

        private readonly double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> c)
        {
            var sums = Vector<double>.Zero;
            var i = 0;
            for (; i <= dimensions - Vector<double>.Count; i += Vector<double>.Count)
            {
                var gap = new Vector<double>(x[i..]) - new Vector<double>(c[i..]);
                sums += gap * gap;
            }

            var sum = Vector.Sum(sums);
            for (; i < dimensions; i++)
            {
                var gap = x[i] - c[i];
                sum += gap * gap;
            }

            return sum;
        }

        private readonly ReadOnlySpan<double> Point(int point) => points.Slice(point * dimensions, dimensions);

        private readonly Span<double> Centre(int centre) => centres.AsSpan(centre * dimensions, dimensions);
    }
}
