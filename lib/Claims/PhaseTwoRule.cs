using System.Text.Json;
using Ndt.Similarity;

namespace Ndt.Claims;

/// <summary>The decision rule of the modified phase 2 as <c>data/phase2_rule.json</c> holds it, written down before the numbers. <see cref="PhaseTwoVerdict"/> applies it.</summary>
public sealed record PhaseTwoRule
{
    /// <summary>What the file is.</summary>
    public required string Description { get; init; }

    /// <summary>What is to be decided.</summary>
    public required string Hypothesis { get; init; }

    /// <summary>Updates done by the initial state.</summary>
    public required int Initial { get; init; }

    /// <summary>Updates done by the early state.</summary>
    public required int Early { get; init; }

    /// <summary>Updates done by the middle state.</summary>
    public required int Middle { get; init; }

    /// <summary>Updates done by the late state.</summary>
    public required int Late { get; init; }

    /// <summary>The measures that have to agree (<see cref="SimilarityMeasure"/>).</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Which layers count, in words.</summary>
    public required string Layers { get; init; }

    /// <summary>The relative similarity, in words.</summary>
    public required string RelativeSimilarity { get; init; }

    /// <summary>The change between two states, in words.</summary>
    public required string Change { get; init; }

    /// <summary>The relative similarity that separates like from unlike, in (0, 1).</summary>
    public required double Halfway { get; init; }

    /// <summary>Confidence of the intervals, in (0, 1).</summary>
    public required double Confidence { get; init; }

    /// <summary>Seeds below which everything stays open.</summary>
    public required int MinimumSeeds { get; init; }

    /// <summary>How intervals are made, in words.</summary>
    public required string Intervals { get; init; }

    /// <summary>The first part, in words.</summary>
    public required string EarlyDiffersFromLate { get; init; }

    /// <summary>The second part, in words.</summary>
    public required string MiddleResemblesLate { get; init; }

    /// <summary>The third part, in words.</summary>
    public required string BoundaryBetweenEarlyAndMiddle { get; init; }

    /// <summary>How the parts decide on an architecture, in words.</summary>
    public required string OfAnArchitecture { get; init; }

    /// <summary>How the architectures decide on the whole, in words.</summary>
    public required string Overall { get; init; }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="InputException">The file is missing or no rule; names file, field, what was found and what would be right.</exception>
    public static PhaseTwoRule Read(string path)
    {
        try
        {
            var rule = JsonSerializer.Deserialize<PhaseTwoRule>(InputFile.ReadAllBytes(path), JsonFile.Options) ?? throw new InputException("is empty");
            foreach (var measure in rule.Measures)
            {
                _ = SimilarityMeasure.Find(measure ?? "null", SimilarityMeasure.AtAnySampleSize);
            }

            return rule switch
            {
                { Measures.Count: 0 } => throw new InputException("field measures is empty; expected at least one"),
                { Initial: < 0 } => throw new InputException($"field initial is {rule.Initial}; expected a number of updates from 0"),
                _ when rule.Initial >= rule.Early || rule.Early >= rule.Middle || rule.Middle >= rule.Late =>
                    throw new InputException($"initial, early, middle, late are {rule.Initial}, {rule.Early}, {rule.Middle}, {rule.Late}; expected ascending numbers of updates"),
                { Halfway: not (> 0 and < 1) } => throw new InputException($"field halfway is {rule.Halfway}; expected a number between 0 and 1"),
                { Confidence: not (> 0 and < 1) } => throw new InputException($"field confidence is {rule.Confidence}; expected a number between 0 and 1"),
                { MinimumSeeds: < 2 } => throw new InputException($"field minimum_seeds is {rule.MinimumSeeds}; expected 2 or more: one seed has no interval"),
                _ => rule,
            };
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: not a readable rule: {JsonFile.Reason(e)}", e);
        }
        catch (InputException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
