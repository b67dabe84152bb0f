using Ndt.Statistics;

namespace Ndt.Claims.Ledger;

/// <summary>The share of a loss's fall that is over by the middle of training, as the study's phase 2 took it: of means over phases (study, §3), so that the first 5 % of training are one number.</summary>
public static class PhaseMeans
{
    private const int EarlyEnd = 100;
    private const int MiddleEnd = 1000;
    private const int LateEnd = 2000;

    /// <summary>(early − middle) / (early − late) of the means of the loss over steps 0 to 100, 100 to 1000 and 1000 to 2000, ends included. NaN where a phase has no measurement.</summary>
    /// <param name="steps">Steps of the measurements.</param>
    /// <param name="loss">The loss at each.</param>
    public static double ShareOfFall(ReadOnlySpan<int> steps, ReadOnlySpan<double> loss)
    {
        var early = Mean(steps, loss, 0, EarlyEnd);
        return (early - Mean(steps, loss, EarlyEnd, MiddleEnd)) / (early - Mean(steps, loss, MiddleEnd, LateEnd));
    }

    /// <summary>The same of single batches: the first, the middle and the last one, which depends on those three batches.</summary>
    public static double ShareOfFallBetweenBatches(ReadOnlySpan<double> loss) => (loss[0] - loss[loss.Length / 2]) / (loss[0] - loss[^1]);

    private static double Mean(ReadOnlySpan<int> steps, ReadOnlySpan<double> loss, int from, int to)
    {
        var values = new List<double>();
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i] >= from && steps[i] <= to)
            {
                values.Add(loss[i]);
            }
        }

        return Descriptive.Mean([.. values]);
    }
}
