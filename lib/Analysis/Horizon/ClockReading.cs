using Ndt.Data;
using Ndt.Measurement;
using Ndt.Records;
using Ndt.Training;

namespace Ndt.Analysis.Horizon;

/// <summary>What a clock shows at each measurement of a run.</summary>
public static class ClockReading
{
    /// <summary>The readings at the measurements after an update, never falling; NaN where the loss was not recorded.</summary>
    /// <param name="record">A record; its protocol's name gives the learning rate, the batch size and the number of training images.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="InputException">One of these is wanted, and the protocol is not known or trains on all images of a dataset, however many.</exception>
    public static double[] Of(RunRecord record, TrainingClock clock)
    {
        var points = record.Points.Skip(record.FirstUpdatedPoint).ToArray();
        return clock switch
        {
            TrainingClock.Share => Array.ConvertAll(points, point => (double)point.Updates / record.Metadata.Steps),
            TrainingClock.Updates => Array.ConvertAll(points, point => (double)point.Updates),
            TrainingClock.Epochs => Passes(points, record.Metadata),
            TrainingClock.Travel => Travelled(points.Select(point => point.Updates), Protocol.Find(record.Metadata.Protocol) with { Steps = record.Metadata.Steps }),
            _ => Fallen(Array.ConvertAll(points, point => point.Loss)),
        };
    }

    private static double[] Passes(MeasurementPoint[] points, RunMetadata run)
    {
        var protocol = Protocol.Find(run.Protocol);
        var images = protocol.TrainingExamples ?? DatasetInfo.TrainingSize;
        if (images == int.MaxValue)
        {
            throw new InputException($"{ExperimentName.Of(run)}: protocol {run.Protocol} trains on all images, and the record does not say how many these were; epochs can be counted where a protocol names their number");
        }

        var batches = (images + protocol.BatchSize - 1) / protocol.BatchSize;
        return Array.ConvertAll(points, point => (double)point.Updates / batches);
    }

    private static double[] Travelled(IEnumerable<int> updates, Protocol protocol) =>
        [.. updates.Select(count => protocol.Schedule is null ? protocol.LearningRate * count : Enumerable.Range(0, count).Sum(protocol.RateAt))];

    private static double[] Fallen(double[] loss) => Array.ConvertAll(LossClock.LowestSoFar(loss), lowest => Math.Log(loss[0] / lowest));
}
