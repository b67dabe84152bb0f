namespace Ndt.Claims.Ledger;

/// <summary>How verdicts are reached, and what they are called.</summary>
public static class Verdicts
{
    /// <summary>As tables have it: <c>stands, smaller</c>.</summary>
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Stands => "stands",
        Verdict.StandsSmaller => "stands, smaller",
        Verdict.MeansSomethingElse => "means something else",
        Verdict.FixedByTheDefinition => "fixed by the definition",
        Verdict.CannotBeTold => "cannot be told",
        _ => "does not reproduce",
    };

    /// <summary>
    /// The verdict, by the claim's rule (<see cref="ClaimList.Rules"/>). What cannot be recomputed cannot be told, nor can what comes out otherwise and has not been tried by
    /// the ways that the study names; what has been, does not reproduce; only then does the rule speak. Against chance the claim means something else where the interval of corrected less
    /// chance holds 0 or lies on the other side of it than published less its own chance; it stands where the corrected figure's interval holds the published number or lies beyond it,
    /// seen from chance; between the two it stands, smaller. By <see cref="VerdictRule.Excess"/> it does so at best. By <see cref="VerdictRule.Timing"/> it also has to lie beyond the null.
    /// </summary>
    public static Verdict Of(VerdictCase given)
    {
        var claim = given.Claim;
        switch (claim.Rule)
        {
            case VerdictRule.Untold:
                return Verdict.CannotBeTold;
            case VerdictRule.Words:
                return given.Excess is { } excess ? excess.Low > 0 && (given.Null is not { } level || level.IsExceeded) ? OfAll(given) : Verdict.MeansSomethingElse : Verdict.CannotBeTold;
            case VerdictRule.Distributed:
                return given.Corrected is { } corrected ? corrected.High < Even ? Verdict.Stands : Verdict.MeansSomethingElse : Verdict.CannotBeTold;
            case VerdictRule.Article:
                return given.Ours is { } ours && ours.Low <= claim.Published && claim.Published <= ours.High ? Verdict.Stands : Verdict.CannotBeTold;
            case VerdictRule.Bound:
                return Verdict.DoesNotReproduce;
        }

        if (double.IsNaN(given.Reproduced))
        {
            return Verdict.CannotBeTold;
        }

        if (!(given.Starts is { } starts ? starts.Low <= claim.Published + Half(claim) && claim.Published - Half(claim) <= starts.High : claim.Agrees(given.Reproduced)))
        {
            return claim.Tried is { Count: > 0 } ? Verdict.DoesNotReproduce : Verdict.CannotBeTold;
        }

        return claim.Rule switch
        {
            VerdictRule.Number => Verdict.Stands,
            VerdictRule.Definition => Verdict.FixedByTheDefinition,
            VerdictRule.Quantity or VerdictRule.Start or VerdictRule.Scale => Verdict.MeansSomethingElse,
            VerdictRule.Inherited => given.Inherited > claim.Published / 2 ? Verdict.MeansSomethingElse : Verdict.CannotBeTold,
            VerdictRule.Chance => AgainstChance(given),
            VerdictRule.Timing => BeyondNull(given) ? AgainstChance(given) : Verdict.MeansSomethingElse,
            VerdictRule.Excess => AgainstChance(given) is var verdict && verdict == Verdict.Stands ? Verdict.StandsSmaller : verdict,
            _ => Verdict.CannotBeTold,
        };
    }

    private const double Even = 2;

    /// <summary>A claim of all (a share of 100 %) stands, smaller, where the interval does not reach all.</summary>
    private static Verdict OfAll(VerdictCase given) => given.Claim.Unit.StartsWith('%') && given.Corrected is { High: < 100 } ? Verdict.StandsSmaller : Verdict.Stands;

    /// <summary>Half of the last published digit: a number lies in a range when it could be rounded from one in it.</summary>
    private static double Half(Claim claim) => 0.5 * Math.Pow(10, -claim.Digits);

    private static bool IsMore(VerdictCase given) => given.Claim.Published > (double.IsNaN(given.PublishedChance) ? given.Chance : given.PublishedChance);

    private static bool BeyondNull(VerdictCase given) => given.Null is not { } level || (IsMore(given) ? level.IsExceeded : level.IsUndercut);

    private static Verdict AgainstChance(VerdictCase given)
    {
        if (given.Corrected is not { } corrected || given.Excess is not { } excess || double.IsNaN(excess.Low) || double.IsNaN(excess.High) || double.IsNaN(corrected.Low) || double.IsNaN(corrected.High))
        {
            return Verdict.CannotBeTold;
        }

        var isMore = IsMore(given);
        if (isMore ? excess.Low <= 0 : excess.High >= 0)
        {
            return Verdict.MeansSomethingElse;
        }

        return (isMore ? corrected.High >= given.Published : corrected.Low <= given.Published) ? Verdict.Stands : Verdict.StandsSmaller;
    }
}
