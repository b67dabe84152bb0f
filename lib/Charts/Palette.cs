namespace Ndt.Charts;

/// <summary>
/// The colours of figures: Okabe and Ito's (2008), which people with any kind of colour vision can tell apart, in an order that
/// begins with the strongest contrasts on white. Colour is never the only difference: series also differ in dash or marker.
/// </summary>
public static class Palette
{
    /// <summary>Blue.</summary>
    public const string Blue = "#0072B2";

    /// <summary>Vermilion.</summary>
    public const string Vermilion = "#D55E00";

    /// <summary>Bluish green.</summary>
    public const string Green = "#009E73";

    /// <summary>Reddish purple.</summary>
    public const string Purple = "#CC79A7";

    /// <summary>Orange.</summary>
    public const string Orange = "#E69F00";

    /// <summary>Sky blue.</summary>
    public const string SkyBlue = "#56B4E9";

    /// <summary>Yellow; weak on white: for areas, not for lines.</summary>
    public const string Yellow = "#F0E442";

    /// <summary>Black.</summary>
    public const string Black = "#000000";

    /// <summary>Grey for what is expected by chance, and other backgrounds to compare with.</summary>
    public const string Chance = "#7F7F7F";

    /// <summary>The order in which series take their colours.</summary>
    public static IReadOnlyList<string> Series { get; } = [Blue, Vermilion, Green, Purple, Orange, SkyBlue, Black, Yellow];

    /// <summary>Name of the scale for magnitudes: one direction of lightness, readable in grey.</summary>
    public const string Sequential = "Cividis";

    /// <summary>The colour of a family of architectures: <c>mlp</c>, <c>cnn</c>, <c>transformer</c>; the same in every figure. Others are black.</summary>
    public static string OfFamily(string family) => family switch
    {
        "mlp" => Blue,
        "cnn" => Vermilion,
        "transformer" => Green,
        _ => Black,
    };

    /// <summary>The marker of a family, so that colour is not the only difference.</summary>
    public static string SymbolOfFamily(string family) => family switch
    {
        "mlp" => "circle",
        "cnn" => "square",
        "transformer" => "triangle-up",
        _ => "x",
    };
}
