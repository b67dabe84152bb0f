namespace Ndt.Training;

/// <summary>
/// A learning rate that rises in a line to its full size and then falls along half a cosine: of N updates, w = WarmUp·N of them to warm up, update s (from 0) has the share (s + 1)/w of the rate
/// where s &lt; w, and ½·(1 + cos(π·(s − w)/(N − w))) from there on (Loshchilov and Hutter, "SGDR", ICLR 2017, eq. 5, one period). No update has a rate of 0.
/// </summary>
/// <param name="WarmUp">Share of the updates that warm up, in [0, 1).</param>
public readonly record struct CosineSchedule(double WarmUp)
{
    /// <summary>The share of the full rate that an update has, in (0, 1].</summary>
    /// <param name="step">The update, from 0.</param>
    /// <param name="steps">All updates.</param>
    public double Factor(int step, int steps)
    {
        var warm = (int)Math.Round(WarmUp * steps);
        return step < warm ? (step + 1.0) / warm : 0.5 * (1 + Math.Cos(Math.PI * (step - warm) / (steps - warm)));
    }
}
