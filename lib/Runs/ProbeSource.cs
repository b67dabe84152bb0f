using Ndt.Data;
using Ndt.Measurement;
using Ndt.Torch;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Runs;

/// <summary>Where a run's measurements take their examples from: the same ones each time, or, as a control, fresh ones.</summary>
internal abstract class ProbeSource : IDisposable
{
    private ProbeSource(Tensor inputs, Tensor labels) => (Inputs, Labels) = (inputs, labels);

    /// <summary>The examples of the first measurement [probe size, input size].</summary>
    public Tensor Inputs { get; }

    /// <summary>Their classes [probe size].</summary>
    public Tensor Labels { get; }

    /// <summary>The source that the run's protocol asks for. Throws <see cref="InputException"/> when there are too few validation examples.</summary>
    public static ProbeSource Create(RunSpec spec, Trainer trainer, Func<int, TrainingData> load, Device device)
    {
        var size = spec.Protocol.ProbeSize;
        var available = trainer.ValidationLabels.shape[0];
        if (size > available)
        {
            throw new InputException($"the probe set wants {size} examples; the validation subset has {available}");
        }

        return spec.Protocol.FreshProbe
            ? new Fresh(spec, load, device)
            : new Fixed(trainer.ValidationInputs.narrow(0, 0, size), trainer.ValidationLabels.narrow(0, 0, size));
    }

    /// <summary>Measures after a step.</summary>
    public abstract void Measure(ActivationTracker tracker, StepResult step);

    /// <summary>Leaves out the draws of measurements that a run made before it was resumed.</summary>
    public virtual void Skip(int measurements)
    {
    }

    public virtual void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }

    private sealed class Fixed(Tensor inputs, Tensor labels) : ProbeSource(inputs, labels)
    {
        public override void Measure(ActivationTracker tracker, StepResult step) =>
            tracker.Measure(step.Step, step.Epoch, step.Loss, step.GradientNorm, Inputs, Labels);
    }

    // The validation subsets of five seeds are five disjoint blocks of the test split: a pool large enough to draw 160 from again and again.
    private sealed class Fresh : ProbeSource
    {
        private const int Blocks = 5;

        private readonly Tensor pool;
        private readonly Tensor poolLabels;
        private readonly SeededDraw draw;

        public Fresh(RunSpec spec, Func<int, TrainingData> load, Device device)
            : this(spec, Enumerable.Range(0, Blocks).Select(load).ToArray(), device)
        {
        }

        private Fresh(RunSpec spec, TrainingData[] blocks, Device device)
            : base(
                AlignedTensor.Of(blocks[0].ValidationInputs[..(spec.Protocol.ProbeSize * blocks[0].InputSize)], [spec.Protocol.ProbeSize, blocks[0].InputSize], device),
                tensor(blocks[0].ValidationLabels[..spec.Protocol.ProbeSize], device: device))
        {
            pool = AlignedTensor.Of(blocks.SelectMany(block => block.ValidationInputs).ToArray(), [blocks.Sum(block => block.ValidationLabels.Length), blocks[0].InputSize], device);
            poolLabels = tensor(blocks.SelectMany(block => block.ValidationLabels).ToArray(), device: device);
            draw = new SeededDraw(spec.Seed);
        }

        public override void Skip(int measurements)
        {
            for (var i = 0; i < measurements; i++)
            {
                _ = Draw();
            }
        }

        public override void Measure(ActivationTracker tracker, StepResult step)
        {
            using var scope = NewDisposeScope();
            var index = tensor(Draw(), device: pool.device);
            tracker.Measure(step.Step, step.Epoch, step.Loss, step.GradientNorm, pool.index_select(0, index), poolLabels.index_select(0, index));
        }

        private long[] Draw() => Array.ConvertAll(draw.Take((int)Labels.shape[0], (int)poolLabels.shape[0], "the probe's pool"), i => (long)i);

        public override void Dispose()
        {
            base.Dispose();
            pool.Dispose();
            poolLabels.Dispose();
        }
    }
}
