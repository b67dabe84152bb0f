using System.Diagnostics;
using System.Globalization;

namespace Ndt.Cli.Notebooks.Cells;

/// <summary>Shows how far a cell's loop is: one line that changes, rather than a line each time.</summary>
public static class ProgressExtensions
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Goes through a sequence while showing <c>LABEL: 3 of 40</c> below the cell (<c>LABEL: 3</c> where nobody knows how many there are). What stays there
    /// at the end says only how many there were, so that the stored notebook is the same after every run.
    /// </summary>
    public static IEnumerable<T> WithProgress<T>(this IEnumerable<T> items, string label)
    {
        ArgumentNullException.ThrowIfNull(items);
        var total = items.TryGetNonEnumeratedCount(out var known) ? string.Create(CultureInfo.InvariantCulture, $" of {known}") : "";
        var shown = CellFunctions.display(Text(0));
        var since = Stopwatch.GetTimestamp();
        var done = 0;
        foreach (var item in items)
        {
            yield return item;
            done++;
            if (Stopwatch.GetElapsedTime(since) > Pause)
            {
                shown.Update(Text(done));
                since = Stopwatch.GetTimestamp();
            }
        }

        shown.Update(Text(done));

        string Text(int count) => string.Create(CultureInfo.InvariantCulture, $"{label}: {count}{total}");
    }
}
