using System.Globalization;
using Ndt.Analysis.ChangePoints;
using Ndt.Analysis.ChangePoints.Bench;

namespace Ndt.Figures.Reassessment;

/// <summary>What each detector says about early changes, beside what it would say of steps at random moments.</summary>
public static class DetectorReachTable
{
    /// <summary>A row a detector.</summary>
    /// <param name="surveys">What they find in our runs.</param>
    /// <param name="verdicts">Whether they can be believed.</param>
    /// <param name="reaches">Where they can look.</param>
    public static string Of(IReadOnlyList<ChangeSurvey> surveys, IReadOnlyList<DetectorVerdict> verdicts, IReadOnlyList<DetectorReach> reaches) => Phrase.Table(
        ["detector", "valid", "sees from value", "planted steps found: first tenth", "later", "own chance of “early”", "early share in our runs [95 %]"],
        surveys.Select(survey => (
            Survey: survey,
            Verdict: verdicts.First(verdict => verdict.Detector == survey.Detector),
            Reach: reaches.First(reach => reach.Detector == survey.Detector))).Select(row => (IReadOnlyList<string>)
        [
            row.Survey.Detector,
            row.Verdict.Valid ? "yes" : "**no**",
            row.Reach.SeesFrom.ToString(CultureInfo.InvariantCulture),
            Words.Percent(row.Reach.EarlyRecall),
            Words.Percent(row.Reach.LaterRecall),
            Words.Percent(row.Reach.EarlyChance),
            Words.Percent(row.Survey.EarlyShare),
        ]))
        + string.Create(
            CultureInfo.InvariantCulture,
            $"\n\nA step of {reaches[0].StepSize} σ in white noise, planted at each of {ValidityBench.Length - 1} places in turn ({reaches[0].Repeats} series each, seed {reaches[0].Seed}). “Own chance” is the share of the steps found that lie in the first tenth: what steps at random moments would give this detector.");
}
