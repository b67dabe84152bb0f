namespace Ndt.Similarity;

/// <summary>A similarity of two layers' activations on the same samples, by name. All are 1 for a layer and itself with its units permuted.</summary>
/// <param name="Name">Name in tables, in the decision rule and on the command line.</param>
/// <param name="Title">Name in figures.</param>
/// <param name="Of">The similarity of two activation matrices <c>[samples, features]</c>.</param>
public sealed record SimilarityMeasure(string Name, string Title, Func<Matrix, Matrix, double> Of)
{
    /// <summary>Name of debiased linear CKA, the measure that tables and figures show where they show one.</summary>
    public const string DebiasedCka = "debiased_cka";

    /// <summary>Those that say something at any number of samples: debiased linear CKA, orthogonal Procrustes, representational similarity.</summary>
    public static IReadOnlyList<SimilarityMeasure> AtAnySampleSize { get; } =
    [
        new(DebiasedCka, "debiased CKA", LinearCka.Debiased),
        new("procrustes", "Procrustes similarity", Procrustes.Similarity),
        new("rsa", "representational similarity (ρ)", (x, y) => RepresentationalSimilarity.Similarity(x, y)),
    ];

    /// <summary>Those, and the ones that are near 1 for anything where features are nearly as many as samples: read them beside their floor.</summary>
    public static IReadOnlyList<SimilarityMeasure> All { get; } =
    [
        .. AtAnySampleSize,
        new("cka", "CKA", LinearCka.Biased),
        new("cca", "mean canonical correlation", CanonicalCorrelation.Mean),
        new("svcca", "SVCCA", (x, y) => Svcca.Similarity(x, y)),
        new("pwcca", "PWCCA", Pwcca.Similarity),
    ];

    /// <summary>The measure of a name; throws <see cref="InputException"/> naming all.</summary>
    public static SimilarityMeasure Find(string name) => Find(name, All);

    /// <summary>The measure of a name among some; throws <see cref="InputException"/> naming those.</summary>
    public static SimilarityMeasure Find(string name, IReadOnlyList<SimilarityMeasure> known) =>
        known.FirstOrDefault(measure => measure.Name == name)
        ?? throw new InputException($"unknown measure {Printable.Quote(name)}; known: {string.Join(", ", known.Select(measure => measure.Name))}{Nearest.Proposal(name, [.. known.Select(measure => measure.Name)])}");
}
