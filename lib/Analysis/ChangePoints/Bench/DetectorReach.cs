using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Ndt.Statistics;

namespace Ndt.Analysis.ChangePoints.Bench;

/// <summary>
/// Where in a series a detector can report at all, by planting a step at every place in turn: the chance level of the share of its reports that are early. Steps at random moments are a tenth in the
/// first tenth; those that a detector finds of them are fewer there if it is blind near the ends.
/// </summary>
/// <param name="Detector">The detector's name.</param>
/// <param name="FoundAt">Entry i is the share of steps planted at i (the first value at the new level, 1 … n − 1) that are found, within <see cref="ValidityBench.Tolerance"/>; entry 0 is NaN.</param>
/// <param name="EarlyChance">Of all planted steps that are found, the share planted in the first tenth; NaN where none is found.</param>
/// <param name="EarlyFalseAlarms">Detections in the first tenth that are no planted step, per 1,000 values there.</param>
/// <param name="StepSize">Size of the steps, in standard deviations of the noise.</param>
/// <param name="Repeats">Steps planted at each place.</param>
/// <param name="Seed">Of the noise.</param>
public sealed record DetectorReach(
    string Detector, IReadOnlyList<double> FoundAt, double EarlyChance, double EarlyFalseAlarms, double StepSize, int Repeats, int Seed)
{
    /// <summary>The first place from which on at least half of the planted steps are found; the series' length where that is nowhere.</summary>
    public int SeesFrom => Enumerable.Range(1, FoundAt.Count - 1).FirstOrDefault(i => FoundAt[i] >= 0.5, FoundAt.Count);

    /// <summary>
    /// Plants a step in white noise at every place of a series of <see cref="ValidityBench.Length"/> values. All detectors see the same series; they are called from several
    /// threads at once.
    /// </summary>
    /// <param name="detectors">The detectors.</param>
    /// <param name="stepSize">In standard deviations; a size that a detector finds in the middle shows where it cannot look, a smaller one also its power.</param>
    /// <param name="repeats">Series for each place. ED-PELT takes nearly all of the time, about 4 ms a series.</param>
    /// <param name="seed">Of the noise.</param>
    public static IReadOnlyList<DetectorReach> Of(IReadOnlyList<IChangeDetector> detectors, double stepSize, int repeats, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        const int Length = ValidityBench.Length;
        var counts = new DetectionCounts[detectors.Count, Length, repeats];
        var early = new int[detectors.Count, Length, repeats];
        Parallel.For(repeats, Length * repeats, i =>
        {
            var (place, repeat) = Math.DivRem(i, repeats);
            var random = new MersenneTwister(DerivedSeed.Of(seed, i));
            var values = new double[Length];
            Normal.Samples(random, values, 0, 1);
            var step = random.Next(2) == 0 ? stepSize : -stepSize;
            for (var k = place; k < Length; k++)
            {
                values[k] += step;
            }

            var truth = new SyntheticSeries(values, [place]);
            for (var detector = 0; detector < detectors.Count; detector++)
            {
                var found = detectors[detector].Detect(values);
                counts[detector, place, repeat] = DetectionCounts.Of(truth, found, ValidityBench.Tolerance);
                early[detector, place, repeat] = found.Count(IsEarly);
            }
        });
        return [.. Enumerable.Range(0, detectors.Count).Select(Summarise)];

        DetectorReach Summarise(int detector)
        {
            var found = Enumerable.Range(0, Length)
                .Select(place => place == 0 ? double.NaN : Enumerable.Range(0, repeats).Average(repeat => counts[detector, place, repeat].Found)).ToArray();
            var inFirstTenth = Enumerable.Range(1, Length - 1).Where(IsEarly).ToArray();
            var later = Enumerable.Range(1, Length - 1).Where(place => !IsEarly(place)).ToArray();
            var all = found.Skip(1).Sum();

            // Steps planted later leave the first tenth without a true change: whatever is reported there is false.
            var alarms = later.Where(place => place > (Length / 10) + ValidityBench.Tolerance)
                .SelectMany(place => Enumerable.Range(0, repeats).Select(repeat => early[detector, place, repeat])).Average();
            return new DetectorReach(
                detectors[detector].Name,
                found,
                all == 0 ? double.NaN : inFirstTenth.Sum(place => found[place]) / all,
                1000 * alarms / inFirstTenth.Length,
                stepSize,
                repeats,
                seed);
        }

        // A change at i is made by increment i − 1.
        static bool IsEarly(int change) => change - 1 < TrainingPhase.EarlyEnd * Length;
    }
}
