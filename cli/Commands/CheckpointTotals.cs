using Ndt.Checkpoints;

namespace Ndt.Cli.Commands;

/// <summary>What a checkpoint holds in all. The norm is the Euclidean norm of all the model's real parameters together.</summary>
internal readonly record struct CheckpointTotals(
    int ModelTensors, long ModelElements, long ModelBytes, double ModelNorm, int OptimizerTensors, long OptimizerBytes, int ExtraTensors, long ExtraBytes, int NonFinite)
{
    /// <summary>The totals of a checkpoint whose tensors are <paramref name="listed"/>.</summary>
    public static CheckpointTotals Of(Checkpoint checkpoint, ReadOnlySpan<ListedTensor> listed)
    {
        var model = listed[..checkpoint.Model.Length].ToArray();
        var optimizer = listed[checkpoint.Model.Length..^checkpoint.Extra.Length].ToArray();
        return new CheckpointTotals(
            model.Length,
            model.Sum(item => (long)item.Tensor.Elements),
            model.Sum(item => (long)item.Tensor.Bytes.Length),
            Math.Sqrt(model.Where(item => item.Tensor.Type.IsReal()).Sum(item => item.Summary.Norm * item.Summary.Norm)),
            optimizer.Length,
            optimizer.Sum(item => (long)item.Tensor.Bytes.Length),
            checkpoint.Extra.Length,
            checkpoint.Extra.Sum(tensor => (long)tensor.Bytes.Length),
            listed.ToArray().Sum(item => item.Summary.NonFinite));
    }
}
