namespace Ndt.Analysis.ChangePoints.Bench;

/// <summary>How detections on one series compare with its truth.</summary>
/// <param name="Points">Values in the series.</param>
/// <param name="Found">True changes with a detection of their own.</param>
/// <param name="Missed">True changes without.</param>
/// <param name="FalseAlarms">Detections without a true change of their own.</param>
/// <param name="Distance">Σ |detection − change| over those found, in values.</param>
/// <param name="Lead">Σ (change − detection) over those found, in values.</param>
public readonly record struct DetectionCounts(int Points, int Found, int Missed, int FalseAlarms, double Distance, double Lead)
{
    /// <summary>Counts what <see cref="Match"/> leaves.</summary>
    public static DetectionCounts Of(SyntheticSeries truth, int[] detections, int tolerance)
    {
        var matches = Match(truth.Changes, detections, tolerance);
        return new DetectionCounts(
            truth.Values.Length,
            matches.Count,
            truth.Changes.Length - matches.Count,
            detections.Length - matches.Count,
            matches.Sum(match => Math.Abs(match.Detection - match.Change)),
            matches.Sum(match => match.Change - match.Detection));
    }

    /// <summary>Matches detections and changes one to one, the nearest pairs first, no farther apart than <paramref name="tolerance"/>.</summary>
    public static IReadOnlyList<(int Change, int Detection)> Match(int[] changes, int[] detections, int tolerance)
    {
        var pairs = from change in changes
                    from detection in detections
                    let distance = Math.Abs(detection - change)
                    where distance <= tolerance
                    orderby distance, change, detection
                    select (change, detection);
        HashSet<int> found = [], used = [];
        var matches = new List<(int, int)>();
        foreach (var (change, detection) in pairs)
        {
            if (!found.Contains(change) && !used.Contains(detection))
            {
                found.Add(change);
                used.Add(detection);
                matches.Add((change, detection));
            }
        }

        return matches;
    }
}
