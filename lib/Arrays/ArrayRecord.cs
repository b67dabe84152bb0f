using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Arrays;

/// <summary>A record of measured files whose names hold training steps: what <c>ndt train</c> leaves of a run of its own, for a run of any framework.</summary>
public static class ArrayRecord
{
    /// <summary>The protocol in such a record's metadata.</summary>
    public const string Protocol = "measured";

    /// <summary>The metadata that says in which of <see cref="ArrayView.All"/> the arrays were measured: analyses find them under <see cref="LayerView.Study"/>, the view that every record has.</summary>
    public const string ViewKey = "measured.view";

    /// <summary>
    /// The record. Files of one step are one point; where there are several, arrays of archives bear the file's name before their own. Steps are taken as
    /// they stand in the names; the loss is the number <c>loss</c> in a file.
    /// </summary>
    /// <param name="network">A name for what was trained: the record's architecture.</param>
    /// <param name="files">The files, in any order.</param>
    /// <param name="view">The view that they were measured in.</param>
    /// <exception cref="InputException">A file has no step in its name, an array is missing at a step or of another shape, or one stands twice; names file and array.</exception>
    public static RunRecord Of(string network, IReadOnlyList<MeasuredFile> files, string view)
    {
        var history = new MeasurementHistory();
        Moment? first = null;
        foreach (var moment in files.GroupBy(StepOf).OrderBy(group => group.Key).Select(group => Moment.Of(group.Key, [.. group])))
        {
            first ??= moment;
            moment.RequireArraysOf(first);
            var byName = moment.Arrays.ToDictionary(array => array.Array, StringComparer.Ordinal);
            history.Add(
                new MeasurementPoint(moment.Step, moment.Step + 1, Epoch: 1, moment.Loss, GradientNorm: double.NaN),
                [.. first.Arrays.Select((array, depth) => byName[array.Array].ToLayer(depth, LayerView.Study))]);
        }

        var steps = history.Points.Select(point => point.Step).ToArray();
        var every = steps.Length > 1 ? steps.Zip(steps.Skip(1), (a, b) => b - a).Min() : 1;
        return new RunRecord(
            new RunMetadata
            {
                Architecture = network,
                Dataset = "activations",
                Protocol = Protocol,
                Steps = steps[^1] + every,
                MeasureEvery = every,
                Details = new SortedDictionary<string, string>(StringComparer.Ordinal) { [ViewKey] = view },
            },
            history.Points,
            history.Layers());
    }

    private static int StepOf(MeasuredFile file) => file.Step?.Step
        ?? throw new InputException($"{file.Path}: its name holds no training step (as acts_step00100.npz does); a record needs one in every file's name");

    /// <summary>What was measured at one step.</summary>
    private sealed record Moment(int Step, string Path, IReadOnlyList<ArrayFigures> Arrays, double Loss)
    {
        public static Moment Of(int step, MeasuredFile[] files)
        {
            var arrays = files
                .SelectMany(file => file.Arrays.Select(array => files.Length > 1 && file.Step!.Rest is { Length: > 0 } rest && rest != array.Array ? array with { Array = $"{rest}.{array.Array}" } : array))
                .ToArray();
            return arrays.GroupBy(array => array.Array).FirstOrDefault(group => group.Count() > 1) is { } repeated
                ? throw new InputException($"{files[^1].Path}: step {step} has {Printable.Quote(repeated.Key)} twice; one array of a name is expected at each step")
                : new Moment(step, files[0].Path, arrays, files.Select(file => file.Loss).FirstOrDefault(double.IsFinite, double.NaN));
        }

        public void RequireArraysOf(Moment first)
        {
            foreach (var expected in first.Arrays)
            {
                var found = Arrays.FirstOrDefault(array => array.Array == expected.Array)
                    ?? throw new InputException($"{Path}: lacks {Printable.Quote(expected.Array)}, which {first.Path} has; a record needs the same arrays at every step");
                if ((found.Samples, found.Features) != (expected.Samples, expected.Features))
                {
                    throw new InputException($"{Path}: {Printable.Quote(found.Array)} gives {found.Samples} × {found.Features}, in {first.Path} {expected.Samples} × {expected.Features}; a record needs the same shape at every step");
                }
            }

            if (Arrays.Count > first.Arrays.Count)
            {
                var extra = Arrays.First(array => first.Arrays.All(other => other.Array != array.Array));
                throw new InputException($"{Path}: holds {Printable.Quote(extra.Array)}, which {first.Path} lacks; a record needs the same arrays at every step");
            }
        }
    }
}
