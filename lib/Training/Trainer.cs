using Ndt.Data;
using Ndt.Models;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Training;

/// <summary>
/// Trains a classifier by a protocol: cross-entropy, Adam or SGD, batches in <see cref="BatchOrder"/>. Deterministic for a seed and a number of threads, given
/// that torch's global generator (which dropout draws from) is seeded and nothing else draws from it.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly FlatOptimiser optimiser;
    private readonly Protocol protocol;
    private readonly BatchOrder order;
    private readonly Tensor inputs;
    private readonly Tensor labels;
    private readonly Tensor validationInputs;
    private readonly Tensor validationLabels;
    private Tensor epochInputs;
    private Tensor epochLabels;
    private int epoch;

    /// <summary>
    /// A trainer of the network, which must be on <paramref name="device"/> already. A network that is in evaluation mode as a whole is put into training
    /// mode; a part of one that is in evaluation mode stays so, as a frozen BatchNorm has to.
    /// </summary>
    public Trainer(nn.Module<Tensor, Tensor> network, TrainingData data, Protocol protocol, int seed, Device device)
    {
        this.network = network;
        this.protocol = protocol;
        if (!network.training)
        {
            network.train();
        }

        order = new BatchOrder(seed, data.TrainLabels.Length, protocol.BatchSize);
        optimiser = protocol.Sgd is { } sgd ? new FlatSgd(network, sgd) : new FlatAdam(network, protocol.Adam);
        inputs = AlignedTensor.Of(data.TrainInputs, [data.TrainLabels.Length, data.InputSize], device);
        labels = tensor(protocol.ShuffledLabels ? Shuffle(data.TrainLabels, seed) : data.TrainLabels, device: device);
        validationInputs = AlignedTensor.Of(data.ValidationInputs, [data.ValidationLabels.Length, data.InputSize], device);
        validationLabels = tensor(data.ValidationLabels, device: device);
        epochInputs = inputs.alias();
        epochLabels = labels.alias();
    }

    /// <summary>Optimiser updates done.</summary>
    public int StepsDone => (int)optimiser.Step;

    /// <summary>The optimiser, whose state a checkpoint holds; restoring it restores the place in the data too.</summary>
    public FlatOptimiser Optimiser => optimiser;

    /// <summary>The validation inputs [n, size] on the device.</summary>
    public Tensor ValidationInputs => validationInputs;

    /// <summary>The validation labels [n] on the device.</summary>
    public Tensor ValidationLabels => validationLabels;

    /// <summary>One optimiser step. Loss and gradient norm are brought back from the device only where they are asked for.</summary>
    public StepResult Step(bool report)
    {
        using var scope = NewDisposeScope();
        var step = StepsDone;
        BeginEpoch(order.EpochOf(step));
        var (first, count) = order.BatchOf(step);
        var logits = network.call(epochInputs.narrow(0, first, count));
        var loss = nn.functional.cross_entropy(logits, epochLabels.narrow(0, first, count));
        loss.backward();
        var result = report
            ? new StepResult(step, epoch, loss.item<float>(), optimiser.GradientNorm())
            : new StepResult(step, epoch, double.NaN, double.NaN);
        optimiser.RateFactor = protocol.Schedule?.Factor(step, protocol.Steps) ?? 1;
        optimiser.Update();
        return result;
    }

    /// <summary>Loss and accuracy on the whole validation subset, in evaluation mode.</summary>
    public Classification Validate()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var evaluation = new EvaluationMode(network);
        return Classification.Of(network.call(validationInputs), validationLabels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { inputs, labels, validationInputs, validationLabels, epochInputs, epochLabels })
        {
            tensor.Dispose();
        }

        optimiser.Dispose();
    }

    // The whole subset is brought into the epoch's order at once; a batch is then a view.
    private void BeginEpoch(int number)
    {
        if (number == epoch)
        {
            return;
        }

        epoch = number;
        using var permutation = tensor(order.Permutation(epoch), device: inputs.device);
        epochInputs.Dispose();
        epochLabels.Dispose();
        epochInputs = inputs.index_select(0, permutation).DetachFromDisposeScope();
        epochLabels = labels.index_select(0, permutation).DetachFromDisposeScope();
    }

    private static long[] Shuffle(long[] labels, int seed) =>
        Array.ConvertAll(new BatchOrder(seed, labels.Length, labels.Length).Permutation(epoch: 0), i => labels[i]);
}
