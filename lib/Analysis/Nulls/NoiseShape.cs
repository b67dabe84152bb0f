namespace Ndt.Analysis.Nulls;

/// <summary>What noise a <see cref="FadingNoiseNull"/> fills its envelope with.</summary>
public enum NoiseShape
{
    /// <summary>The series' own increments, each divided by the envelope where it stood, in random order: its own tails.</summary>
    OwnIncrements,

    /// <summary>Normal noise.</summary>
    Normal,
}
