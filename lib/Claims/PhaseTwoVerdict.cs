using Ndt.PhaseTwo;

namespace Ndt.Claims;

/// <summary>The verdict on the modified phase 2: what <see cref="PhaseTwoRule"/> says of the comparisons, and nothing that it does not.</summary>
/// <param name="Overall">On the hypothesis.</param>
/// <param name="Architectures">On each architecture.</param>
/// <param name="Quantities">The figures behind it.</param>
public sealed record PhaseTwoVerdict(Decision Overall, IReadOnlyList<ArchitectureDecision> Architectures, IReadOnlyList<RuleQuantity> Quantities)
{
    private const string Different = "early ≠ late";
    private const string Alike = "middle ≈ late";
    private const string Boundary = "boundary between early and middle";

    /// <summary>Applies the rule to comparisons of runs by one protocol.</summary>
    /// <exception cref="InputException">There are no comparisons of that protocol, or not at the rule's steps.</exception>
    public static PhaseTwoVerdict Of(PhaseTwoRule rule, IEnumerable<SimilarityValue> values, string protocol = "study")
    {
        var hidden = values.Where(value => value.Protocol == protocol && value.Layer == SimilarityValue.HiddenLayers && IsOfTheRule(value)).ToArray();
        var quantities = new List<RuleQuantity>();
        var architectures = new List<ArchitectureDecision>();
        foreach (var group in hidden.GroupBy(value => value.Architecture))
        {
            foreach (var measure in rule.Measures)
            {
                quantities.AddRange(QuantitiesOf(rule, group.Key, measure, [.. group.Where(value => value.Measure == measure)]));
            }

            var own = quantities.Where(quantity => quantity.Architecture == group.Key).ToArray();
            var parts = new[] { Different, Alike, Boundary }.Select(part => PartOf(rule, [.. own.Where(quantity => quantity.Part == part)])).ToArray();
            architectures.Add(new ArchitectureDecision(group.Key, own.Max(quantity => quantity.Value.Count), parts[0], parts[1], parts[2], AllOf(parts)));
        }

        if (architectures.Count == 0)
        {
            throw new InputException($"no comparisons of protocol '{protocol}' at updates {rule.Initial}, {rule.Early}, {rule.Middle} and {rule.Late}; the rule has nothing to decide on");
        }

        var overall = architectures.All(a => a.Decision == Decision.Supported) ? Decision.Supported
            : architectures.Any(a => a.Decision == Decision.Refuted) && architectures.All(a => a.Decision != Decision.Supported) ? Decision.Refuted
            : Decision.Open;
        return new PhaseTwoVerdict(overall, architectures, quantities);

        bool IsOfTheRule(SimilarityValue value) =>
            value.Kind == ComparisonKind.OverTime || (value.Kind == ComparisonKind.OtherSeed && value.From == rule.Late);
    }

    private static IEnumerable<RuleQuantity> QuantitiesOf(PhaseTwoRule rule, string architecture, string measure, IReadOnlyList<SimilarityValue> values)
    {
        yield return Quantity(Different, "r(early, late)", rule.Halfway, kept => Relative(kept, rule.Early), Decision.Refuted, Decision.Supported);
        yield return Quantity(Alike, "r(middle, late)", rule.Halfway, kept => Relative(kept, rule.Middle), Decision.Supported, Decision.Refuted);
        yield return Quantity(
            Boundary, "d(early, late) − d(initial, early)", 0, kept => Similarity(kept, rule.Initial, rule.Early) - Similarity(kept, rule.Early, rule.Late),
            Decision.Supported, Decision.Refuted);
        yield return Quantity(
            Boundary, "d(early, middle) − d(middle, late)", 0, kept => Similarity(kept, rule.Middle, rule.Late) - Similarity(kept, rule.Early, rule.Middle),
            Decision.Supported, Decision.Refuted);

        RuleQuantity Quantity(
            string part, string name, double threshold, Func<IReadOnlyList<SimilarityValue>, double> estimate, Decision above, Decision below)
        {
            var value = SeedInterval.Of(values, estimate, rule.Confidence);
            var decision = value.Count < rule.MinimumSeeds ? Decision.Open
                : value.Low > threshold ? above
                : value.High < threshold ? below
                : Decision.Open;
            return new RuleQuantity(architecture, part, name, measure, threshold, value, decision);
        }

        double Relative(IReadOnlyList<SimilarityValue> kept, int step)
        {
            var pairs = kept.Where(value => value.Kind == ComparisonKind.OtherSeed).ToArray();
            var floor = pairs.Length == 0 ? double.NaN : pairs.Average(value => value.Similarity);
            return (Similarity(kept, step, rule.Late) - floor) / (1 - floor);
        }
    }

    private static double Similarity(IReadOnlyList<SimilarityValue> values, int from, int to)
    {
        var found = values.Where(value => value.Kind == ComparisonKind.OverTime && value.From == from && value.To == to).ToArray();
        return found.Length > 0
            ? found.Average(value => value.Similarity)
            : throw new InputException($"no comparison of updates {from} and {to}; the rule needs one");
    }

    /// <summary>A part is decided on a measure when all its quantities support it or one refutes it, and altogether when all measures agree.</summary>
    private static Decision PartOf(PhaseTwoRule rule, IReadOnlyList<RuleQuantity> quantities)
    {
        var byMeasure = rule.Measures.Select(measure => AllOf(quantities.Where(quantity => quantity.Measure == measure).Select(quantity => quantity.Decision))).Distinct().ToArray();
        return byMeasure is [var one] ? one : Decision.Open;
    }

    private static Decision AllOf(IEnumerable<Decision> decisions)
    {
        var all = decisions.ToArray();
        return Array.Exists(all, decision => decision == Decision.Refuted) ? Decision.Refuted
            : Array.TrueForAll(all, decision => decision == Decision.Supported) ? Decision.Supported
            : Decision.Open;
    }
}
