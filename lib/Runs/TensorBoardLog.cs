using Ndt.Measurement;
using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace Ndt.Runs;

/// <summary>
/// A run as scalars for TensorBoard, while it goes on, in a folder of the run's name: <c>loss/train</c>, <c>loss/probe</c>,
/// <c>accuracy/probe</c> and <c>gradient_norm/train</c>, for each layer every metric as <c>METRIC/LAYER</c> (a view other than the study's
/// as <c>METRIC/LAYER (VIEW)</c>), and at the end <c>accuracy/validation</c>. A step is a number of updates done: 0 is the initial state.
/// </summary>
/// <remarks>
/// A run that is taken up again is written anew from its first measurement, so that the folder holds each point once, whatever was
/// in it; files of others are left alone. Values are single-precision, as TensorBoard has them. NaN is written as it is, save in the
/// initial state, which has no training loss.
/// </remarks>
public sealed class TensorBoardLog
{
    // The writer puts it at the end of its file's name: these are ours to replace.
    private const string Suffix = "ndt";

    private readonly SummaryWriter writer;
    private int written;

    /// <summary>Starts the log of a run in <c>FOLDER/NAME</c>.</summary>
    public TensorBoardLog(RunSpec spec, string folder)
    {
        var target = Path.Combine(folder, spec.Name);
        Directory.CreateDirectory(target);
        foreach (var before in Directory.EnumerateFiles(target, $"events.out.tfevents.*.{Suffix}"))
        {
            File.Delete(before);
        }

        writer = tensorboard.SummaryWriter(target, Suffix, createRunName: false);
    }

    /// <summary>Writes what has been measured since the last call.</summary>
    public void Follow(MeasurementHistory history)
    {
        for (; written < history.Points.Count; written++)
        {
            var point = history.Points[written];
            Write("loss/train", point.Loss, point.Updates);
            Write("loss/probe", point.ProbeLoss, point.Updates);
            Write("accuracy/probe", point.ProbeAccuracy, point.Updates);
            Write("gradient_norm/train", point.GradientNorm, point.Updates);
            foreach (var (layer, metric, value) in history.At(written))
            {
                Write($"{metric.Name()}/{layer.Name}{(layer.View == LayerView.Study ? "" : $" ({layer.View})")}", value, point.Updates);
            }
        }
    }

    /// <summary>Writes the accuracy on the validation set, after the last update.</summary>
    public void Finish(double accuracy, int updates) => Write("accuracy/validation", accuracy, updates);

    private void Write(string tag, double value, int updates)
    {
        if (updates > 0 || !double.IsNaN(value))
        {
            writer.add_scalar(tag, (float)value, updates);
        }
    }
}
