namespace Ndt.Claims.Later;

/// <summary>What <see cref="LayerTransitions"/> counts in one layer's series of one metric.</summary>
/// <remarks>
/// Some members must stand in a row, since <see cref="LayerTransitions"/> counts from the first of them: those at 2, 5 and 100 after <see cref="Series2"/>, <see cref="Late2"/> and
/// <see cref="Rolling2"/>. It also keeps its counts, and <see cref="TransitionFile"/> its columns, in the order of all members.
/// </remarks>
public enum TransitionCount
{
    /// <summary>Changes with |v − mean| beyond 2 standard deviations of the whole series of changes: the study's rule for jumps.</summary>
    Series2,

    /// <summary>The same at 5.</summary>
    Series5,

    /// <summary>The same at 100: of n changes none can pass √(n − 1).</summary>
    Series100,

    /// <summary>Changes with |v| beyond 2 standard deviations of the changes that start after half of training.</summary>
    Late2,

    /// <summary>The same at 5.</summary>
    Late5,

    /// <summary>The same at 100.</summary>
    Late100,

    /// <summary>Values beyond 2 standard deviations of the 50 values before them (at least 20): the rule of the study's own tracker.</summary>
    Rolling2,

    /// <summary>The same at 5.</summary>
    Rolling5,

    /// <summary>The same at 100.</summary>
    Rolling100,

    /// <summary>Changes that PELT finds (L2 cost, BIC penalty).</summary>
    Pelt,

    /// <summary>1 where the largest |v| starts in the first tenth of training; else 0.</summary>
    LargestIsEarly,

    /// <summary>The share of changes that start there: the chance of that.</summary>
    EarlyChance,

    /// <summary>Of the participation ratio: <see cref="Series2"/> changes that the recorded stable rank and the nuclear norm ratio have as well, within two measurements. 0 of other metrics.</summary>
    InAllRecorded,

    /// <summary>As many where those of the two others lay at random places.</summary>
    InAllRecordedByChance,

    /// <summary>As <see cref="InAllRecorded"/>, with the stable rank in place of the recorded number.</summary>
    InAll,

    /// <summary>As many where those of the two others lay at random places.</summary>
    InAllByChance,
}
