using System.Diagnostics;
using System.Globalization;
using Ndt.Runs;

namespace Ndt.Cli;

/// <summary>A run's progress on the status line: steps, loss, steps per second, time left.</summary>
internal sealed class StepProgress(string name, StatusLine status) : IProgress<RunProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // The rate counts from the first report: before it data were loaded, and a run that is taken up again has updates that were not made now.
    private (long Time, int StepsDone)? first;
    private TimeSpan shown = -Interval;

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        first ??= (Stopwatch.GetTimestamp(), value.StepsDone);
        var elapsed = Stopwatch.GetElapsedTime(first.Value.Time);
        if (status.IsVisible && (elapsed - shown >= Interval || value.StepsDone == value.Steps))
        {
            shown = elapsed;
            status.Show(Line(name, value, (value.StepsDone - first.Value.StepsDone) / elapsed.TotalSeconds, StatusLine.Room));
        }
    }

    /// <summary>The line in the form that fits: what a reader misses least goes first, the bar, then the rate, then the name.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="rate">Steps per second; not positive and finite where it is not known yet.</param>
    /// <param name="room">How many characters fit.</param>
    internal static string Line(string name, RunProgress progress, double rate, int room)
    {
        var known = rate > 0 && double.IsFinite(rate);
        var steps = string.Create(CultureInfo.InvariantCulture, $"{progress.StepsDone}/{progress.Steps}");
        var loss = string.Create(CultureInfo.InvariantCulture, $"  loss {progress.Loss:F4}");
        var speed = known ? string.Create(CultureInfo.InvariantCulture, $"  {rate:F0} steps/s") : "";
        var left = known ? $"  {DurationText.OfSeconds((progress.Steps - progress.StepsDone) / rate)} left" : "";
        var most = steps + loss + left;
        string[] forms =
        [
            $"{name} {Bar(24, progress)} {steps}{loss}{speed}{left}",
            $"{name} {Bar(12, progress)} {steps}{loss}{speed}{left}",
            $"{name} {Bar(12, progress)} {most}",
            $"{name} {most}",
            .. room - most.Length - 1 is >= 12 and var place ? (string[])[$"{StatusLine.Cut(name, place)} {most}"] : [],
            most,
            steps + left,
        ];
        return forms.FirstOrDefault(form => form.Length <= room) ?? StatusLine.Cut(steps, room);
    }

    private static string Bar(int cells, RunProgress progress)
    {
        var full = (int)((long)cells * progress.StepsDone / progress.Steps);
        return new string('━', full) + new string('╌', cells - full);
    }
}
