using Ndt.Measurement;
using Ndt.Records;

namespace Ndt.Analysis;

/// <summary>What the three analyses find in one run's series of one metric.</summary>
public sealed record ExperimentAnalysis
{
    /// <summary>The metric that was analysed.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The run's name in tables: <see cref="ExperimentName"/>.</summary>
    public required string Experiment { get; init; }

    /// <summary>The view of the layers that was analysed, one of <see cref="LayerView"/>.</summary>
    public required string View { get; init; }

    /// <summary>Who ran.</summary>
    public required RunMetadata Run { get; init; }

    /// <summary>The layers, in order of depth.</summary>
    public required IReadOnlyList<LayerAnalysis> Layers { get; init; }

    /// <summary>Layers that were not analysed, each with why: <see cref="RunSeries.LeftOut"/>.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Training loss at each measurement, the initial state left out; all NaN where it was not recorded.</summary>
    public required double[] Loss { get; init; }

    /// <summary>Whether the loss was recorded. Without it nothing can be said of how the loss goes with critical steps or events.</summary>
    public bool HasLoss => CriticalPeriods.IsRecorded(Loss);

    /// <summary>Steps of the measurements, the initial state left out.</summary>
    public required int[] Steps { get; init; }

    /// <summary>c[i] of <see cref="CriticalPeriods.Coordination"/>.</summary>
    public required double[] Coordination { get; init; }

    /// <summary>Mean over layers of <see cref="CriticalPeriods.LossDropShare"/>; NaN where the loss was not recorded.</summary>
    public required double LossDropShare { get; init; }

    /// <summary>Settling order by <see cref="LayerIndex.Published"/>.</summary>
    public required SettlingOrder PublishedOrder { get; init; }

    /// <summary>Settling order by true depth.</summary>
    public required SettlingOrder DepthOrder { get; init; }

    /// <summary>All jumps, layer by layer.</summary>
    public IEnumerable<PlacedJump> Jumps => Layers.SelectMany(layer => layer.Jumps);

    /// <summary>Mean true phase of the jumps; NaN without any.</summary>
    public double MeanPhase => Statistics.Descriptive.Mean([.. Jumps.Select(jump => jump.Phase)]);

    /// <summary>Critical steps, summed over layers.</summary>
    public int CriticalSteps => Layers.Sum(layer => layer.CriticalSteps.Length);

    /// <summary>Transitions, summed over layers.</summary>
    public int Transitions => Layers.Sum(layer => layer.Transitions.Length);

    /// <summary>Measurements at which at least half of the layers are critical.</summary>
    public int CoordinatedPeriods => Coordination.Count(share => share >= CriticalPeriods.CoordinatedShare);

    /// <summary>The largest coordination.</summary>
    public double MaxCoordination => Coordination.Max();

    /// <summary>The mean coordination, over as many places as there are measurements (defect C).</summary>
    public double MeanCoordination => Statistics.Descriptive.Mean(Coordination);

    /// <summary>Whether the study calls the run's critical periods strong; false where the loss was not recorded, so count only runs with <see cref="HasLoss"/>.</summary>
    public bool IsStrong => MaxCoordination > CriticalPeriods.StrongAbove && LossDropShare > CriticalPeriods.StrongAbove;
}
