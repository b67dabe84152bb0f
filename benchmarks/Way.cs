namespace Ndt.Benchmarks;

/// <summary>One of several ways that are timed in turn.</summary>
/// <param name="Quantities">What it gives, the time of the whole first.</param>
/// <param name="Block">Does so many units of work and gives the seconds that each quantity took.</param>
internal sealed record Way(string[] Quantities, Func<int, double[]> Block)
{
    /// <summary>A way of which only the whole time is wanted.</summary>
    public static Way Timed(string quantity, Action<int> work) => new([quantity], units =>
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        work(units);
        return [clock.Elapsed.TotalSeconds];
    });
}
