namespace Ndt.Claims;

/// <summary>By what a claim's verdict is decided, once its number has been reproduced; data/claims.json names one for each claim.</summary>
public enum VerdictRule
{
    /// <summary>The claim is that number and nothing more: it stands when it is reproduced.</summary>
    Number,

    /// <summary>The claim is of more, or less, than chance: the interval of the corrected figure against its chance level decides.</summary>
    Chance,

    /// <summary>As <see cref="Chance"/>, of a share that was published as an effect without a chance level (defect D): what can stand of it is the excess alone, which is smaller.</summary>
    Excess,

    /// <summary>The number could not have come out otherwise, whatever the networks do (defects B, C, F, I): a judgement of the definition.</summary>
    Definition,

    /// <summary>The number was taken of another quantity than the claim speaks of (defects A, E): a judgement of what was measured.</summary>
    Quantity,

    /// <summary>What would be needed to tell is missing from what was kept (defect H): an initial state, a control, a second seed.</summary>
    Untold,

    /// <summary>As <see cref="Chance"/>, and beyond the null model that was chosen before looking, on the runs that the null is of: the study's for the share of early events, ours for the rest.</summary>
    Timing,

    /// <summary>A number from one random start: it comes out where it lies within 95 % of 200 starts, and means something else, since its neighbours come out as well.</summary>
    Start,

    /// <summary>A similarity over time: it means something else where untrained weights of our runs keep more than half of it.</summary>
    Inherited,

    /// <summary>Said in words: it stands where the interval of the corrected figure less its chance level lies above 0.</summary>
    Words,

    /// <summary>Said in words: it stands where the interval lies below twice an even share.</summary>
    Distributed,

    /// <summary>A count by a threshold: where it comes out it says how the scale was chosen.</summary>
    Scale,

    /// <summary>Of one run that was not kept: it stands where the interval of our seeds holds it, else it cannot be told.</summary>
    Article,

    /// <summary>A number beyond what the definition allows.</summary>
    Bound,
}
