namespace Ndt.Analysis.Horizon;

/// <summary>A quantity against what a clock shows.</summary>
/// <param name="Readings">The clock, never falling.</param>
/// <param name="Values">The quantity at each reading; as many.</param>
public readonly record struct ClockedCurve(double[] Readings, double[] Values)
{
    /// <summary>The value when the clock shows <paramref name="reading"/>, linear between neighbours; of a clock that stands still the last value. The ends' values outside of the readings.</summary>
    public double At(double reading)
    {
        var (low, high) = (0, Readings.Length); // the first reading above the wanted one
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Readings[middle] > reading ? (low, middle) : (middle + 1, high);
        }

        if (low == 0 || low == Readings.Length)
        {
            return Values[Math.Max(0, low - 1)];
        }

        var share = (reading - Readings[low - 1]) / (Readings[low] - Readings[low - 1]);
        return Values[low - 1] + (share * (Values[low] - Values[low - 1]));
    }
}
