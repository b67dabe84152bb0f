namespace Ndt.Claims.Ledger;

/// <summary>What a null model gives for a claim's figure, and what the runs that it is on show of the same figure: the same runs on both sides. They are named in <see cref="Null"/>: the study's for the share of early events, ours for the rest.</summary>
/// <param name="Null">The null's name, and the runs that it is on.</param>
/// <param name="IsChosen">Whether it is the one that was chosen before looking, which the verdict rests on.</param>
/// <param name="Observed">The figure of these runs, in the claim's unit.</param>
/// <param name="Mean">The null's mean.</param>
/// <param name="Low">The 2.5 % quantile of its draws.</param>
/// <param name="High">The 97.5 % quantile of its draws.</param>
/// <param name="PValue">The two-sided p.</param>
/// <param name="Runs">Runs on both sides.</param>
/// <param name="Error">How far the null is off on made series whose truth is known: a smaller excess is not told from it. 0 where that was not measured.</param>
public sealed record NullLevel(string Null, bool IsChosen, double Observed, double Mean, double Low, double High, double PValue, int Runs, double Error = 0)
{
    /// <summary>Whether the figure is more than the null gives, and by more than its error.</summary>
    public bool IsExceeded => Observed > High && Observed - Mean > Error;

    /// <summary>Whether it is less.</summary>
    public bool IsUndercut => Observed < Low && Mean - Observed > Error;
}
