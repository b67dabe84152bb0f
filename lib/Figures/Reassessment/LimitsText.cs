using Ndt.Claims.Ledger;
using Ndt.Measurement;

namespace Ndt.Figures.Reassessment;

/// <summary>What notebook 04 cannot say.</summary>
public static class LimitsText
{
    /// <summary>The limits, with the numbers that they rest on.</summary>
    public static string Of(ClaimsLedger ledger, ReassessmentSet set)
    {
        var seeds = set.Records.Select(record => record.Metadata.Seed).Distinct().Count();
        var wantingSeeds = set.Records.GroupBy(record => record.Metadata.Experiment).Count(cell => cell.Count() < 2);
        var studyCells = set.Study.Tallies.Select(run => run.Cell).Distinct().ToArray();
        var missing = studyCells.Except(set.Records.Select(record => record.Metadata.Experiment)).Count();
        var unlearnt = set.Records.Count(record => record.Metadata.Dataset == "ag_news");
        var wanting = set.Controls.Where(control => control.Records.Count == 0).Select(control => $"`{control.Name}`").ToArray();
        return $"""
            - **Seeds.** The study has one unseeded run a cell; our records hold {Words.Count(seeds, "seed")}, and {Words.Count(wantingSeeds, "cell")} with one seed only, where between-seed spread cannot be told. {missing} of the study's {studyCells.Length} cells are not among our records.
            - **Clusters.** Intervals resample cells as if they were independent; cells share architectures and datasets, so the intervals are rather too narrow.
            - **Many looks.** The ledger judges {ledger.Rows.Count} numbers without a correction for their number; many are functions of each other. Sensitivity to threshold and metric is exploratory.
            - **Short runs on small subsets.** Late training is mostly interpolation of a memorised subset, and the {Words.Count(unlearnt, "run")} on AG News hardly learn at all (defect G).
            - **Chance levels** are those of stated models; a series that drifts smoothly is more than shuffled increments without a single jump in it.
            - **Matrices.** Maps are averaged over places and tokens over features before measuring, as in the study; another reduction can give another story ({Metric.StableRank.Name().Replace('_', ' ')} follows the largest direction alone).
            - **Controls not run:** {(wanting.Length == 0 ? "none" : string.Join(", ", wanting))}.
            """;
    }
}
