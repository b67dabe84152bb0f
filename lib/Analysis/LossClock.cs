using Ndt.Statistics;

namespace Ndt.Analysis;

/// <summary>A clock of training that counts the fall of the loss instead of optimiser steps.</summary>
public static class LossClock
{
    /// <summary>Measurements that the loss of single batches is averaged over.</summary>
    public const int Window = 11;

    /// <summary>
    /// At each measurement the share of the loss's whole fall that is over, in [0, 1] and never falling: (L₀ − lowest so far) / (L₀ − lowest of all), where L₀ is the first
    /// loss and the others are means over <see cref="Window"/> measurements around (fewer at the ends; never the first alone). NaN throughout for a loss that never
    /// gets below its first value; empty for an empty series.
    /// </summary>
    public static double[] Of(ReadOnlySpan<double> loss)
    {
        if (loss.IsEmpty)
        {
            return [];
        }

        var (first, lowest) = (loss[0], LowestSoFar(loss));
        var fall = first - lowest[^1];
        return Array.ConvertAll(lowest, value => fall > 0 ? (first - value) / fall : double.NaN);
    }

    /// <summary>The lowest so far, at each measurement, of the means of the loss over <see cref="Window"/> measurements around (fewer at the ends): the fall without the noise of single batches.</summary>
    internal static double[] LowestSoFar(ReadOnlySpan<double> loss)
    {
        var lowest = new double[loss.Length];
        for (var i = 0; i < loss.Length; i++)
        {
            var reach = Math.Min(Window / 2, Math.Min(i, loss.Length - 1 - i));
            lowest[i] = Math.Min(i == 0 ? double.PositiveInfinity : lowest[i - 1], Descriptive.Mean(loss.Slice(i - reach, (2 * reach) + 1)));
        }

        return lowest;
    }

    /// <summary>The first measurement at which at least <paramref name="share"/> of the fall is over; −1 where there is none.</summary>
    public static int Reaches(ReadOnlySpan<double> loss, double share) => Array.FindIndex(Of(loss), value => value >= share);
}
