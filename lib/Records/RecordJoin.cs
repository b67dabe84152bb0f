using System.Globalization;
using Ndt.Measurement;

namespace Ndt.Records;

/// <summary>One record out of two of the same run: a short one measured often, and a long one measured seldom.</summary>
public static class RecordJoin
{
    /// <summary>Key of the detail that says up to which step the record was measured often, and how often.</summary>
    public const string Detail = "run.joined";

    /// <summary>The short record's points, then those of the long one that come after them.</summary>
    /// <param name="often">The short record.</param>
    /// <param name="seldom">The long record, which gives the metadata.</param>
    /// <param name="metrics">What is kept.</param>
    /// <param name="bits">Significant bits that are kept of every value of a layer, 1 to 53; ties go to even.</param>
    /// <exception cref="InputException">The records are of different runs, or differ at a step that both have.</exception>
    public static RunRecord Of(RunRecord often, RunRecord seldom, IReadOnlyList<Metric> metrics, int bits)
    {
        var (a, b) = (often.Metadata, seldom.Metadata);
        if ((a.Experiment, a.Seed, a.Protocol) != (b.Experiment, b.Seed, b.Protocol) || !often.Layers.Select(Name).SequenceEqual(seldom.Layers.Select(Name)))
        {
            throw new InputException($"{a.Experiment} of seed {a.Seed} ({a.Protocol}) and {b.Experiment} of seed {b.Seed} ({b.Protocol}): records of one run and the same layers are expected");
        }

        var first = Enumerable.Range(0, often.Points.Count).ToDictionary(i => often.Points[i].Step);
        foreach (var (layer, other) in seldom.Layers.Zip(often.Layers))
        {
            for (var i = 0; i < seldom.Points.Count; i++)
            {
                if (first.TryGetValue(seldom.Points[i].Step, out var same) && metrics.FirstOrDefault(metric => !layer[metric][i].Equals(other[metric][same]), (Metric)(-1)) is var differs && differs != (Metric)(-1))
                {
                    throw new InputException($"{a.Experiment} of seed {a.Seed}: {layer.Name} {differs.Name()} differs at step {seldom.Points[i].Step}; the same bits are expected of one run");
                }
            }
        }

        var last = often.Points[^1].Step;
        int[] later = [.. Enumerable.Range(0, seldom.Points.Count).Where(i => seldom.Points[i].Step > last)];
        return new RunRecord(
            b with
            {
                Details = new SortedDictionary<string, string>(b.Details.ToDictionary(), StringComparer.Ordinal)
                {
                    [Detail] = string.Create(CultureInfo.InvariantCulture, $"every {a.MeasureEvery} steps up to step {last}, then every {b.MeasureEvery}; {bits} significant bits"),
                },
            },
            [.. often.Points, .. later.Select(i => seldom.Points[i])],
            [
                .. often.Layers.Zip(seldom.Layers).Select(pair => new LayerSeries(
                    pair.First.Name, pair.First.View, pair.First.Depth, pair.First.Samples, pair.First.Features,
                    metrics.ToDictionary(metric => metric, metric => (double[])[.. pair.First[metric].Concat(later.Select(i => pair.Second[metric][i])).Select(value => Rounded(value, bits))]))),
            ]);
    }

    private static (string, string) Name(LayerSeries layer) => (layer.Name, layer.View);

    private static double Rounded(double value, int bits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        var exponent = Math.ILogB(value) + 1 - bits;
        return Math.ScaleB(Math.Round(Math.ScaleB(value, -exponent)), exponent);
    }
}
