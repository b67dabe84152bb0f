using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Training;

/// <summary>
/// An optimiser over flat buffers: the module's parameters become views of one tensor, and each moment that the optimiser keeps is one tensor, so that an update is one pass. The state has
/// PyTorch's names: <c>step</c>, <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>momentum_buffer</c>.
/// </summary>
/// <remarks>Parameters are float32 and trainable, all on one device; frozen ones are left alone. On other devices than the CPU the same update runs as a handful of tensor operations on the flat buffers.</remarks>
public abstract class FlatOptimiser : IDisposable
{
    private readonly List<Slot> slots = [];
    private readonly Tensor values;
    private readonly Tensor[] moments;
    private readonly bool onCpu;

    /// <summary>An optimiser for the trainable parameters of a module. Moves their storage into one flat buffer: make it before anything else keeps views of them.</summary>
    /// <param name="module">The module.</param>
    /// <param name="momentNames">What PyTorch calls the moments.</param>
    /// <param name="asTensors">Whether updates are tensor operations, by default anywhere but on the CPU.</param>
    private protected FlatOptimiser(nn.Module module, string[] momentNames, bool? asTensors)
    {
        MomentNames = momentNames;
        ModuleParameters = [.. module.named_parameters().Select(p => p.name)];
        var parameters = module.named_parameters().Where(p => p.parameter.requires_grad).ToArray();
        if (parameters.Length == 0)
        {
            throw new ArgumentException("the module has no trainable parameters", nameof(module));
        }

        if (parameters.FirstOrDefault(p => p.parameter.dtype != ScalarType.Float32) is { name: { } name })
        {
            throw new ArgumentException($"parameter {name} is not float32", nameof(module));
        }

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var device = parameters[0].parameter.device;
        onCpu = !(asTensors ?? device.type != TorchSharp.DeviceType.CPU);
        values = cat([.. parameters.Select(p => p.parameter.reshape(-1))]).DetachFromDisposeScope();
        moments = Array.ConvertAll(momentNames, _ => zeros_like(values).DetachFromDisposeScope());
        long offset = 0;
        foreach (var (parameterName, parameter) in parameters)
        {
            var length = parameter.numel();
            parameter.set_(values.narrow(0, offset, length).view(parameter.shape));
            slots.Add(new Slot(parameterName, parameter, offset, length));
            offset += length;
        }
    }

    /// <summary>Names of all the module's parameters, frozen ones among them, in its order.</summary>
    public IReadOnlyList<string> ModuleParameters { get; }

    /// <summary>What PyTorch calls the moments that are kept.</summary>
    public IReadOnlyList<string> MomentNames { get; }

    /// <summary>By what the learning rate of the next updates is multiplied: a schedule's place. 1 at first.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>Updates done.</summary>
    public long Step { get; private set; }

    /// <summary>
    /// One update from the parameters' gradients, which are then released. A parameter without a gradient is left as it is, as in
    /// PyTorch. Ask <see cref="GradientNorm"/> before: the gradients are gone afterwards.
    /// </summary>
    public void Update()
    {
        Step++;
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        if (onCpu)
        {
            UpdateOnCpu();
        }
        else
        {
            UpdateOnDevice();
        }

        ReleaseGradients();
    }

    /// <summary>Whether the parameter of that name is one that this optimiser updates.</summary>
    public bool Trains(string parameter) => slots.Exists(slot => slot.Name == parameter);

    /// <summary>Euclidean norm of all gradients now held, summed in double precision; 0 when there are none.</summary>
    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        var gradients = slots.Select(slot => slot.Parameter.grad).OfType<Tensor>().ToArray();
        if (!onCpu)
        {
            // One number comes back from the device, whatever the number of parameters.
            return gradients.Length == 0 ? 0 : Math.Sqrt(stack([.. gradients.Select(g => g.to(ScalarType.Float64).square().sum())]).sum().item<double>());
        }

        return Math.Sqrt(gradients.Sum(gradient => SumOfSquares.Of(Floats(gradient.contiguous()))));
    }

    /// <summary>Drops every gradient now held.</summary>
    public void ReleaseGradients()
    {
        foreach (var slot in slots)
        {
            slot.Parameter.grad = null;
        }
    }

    /// <summary>The moments by parameter, in the module's order and in that of <see cref="MomentNames"/>: views of the flat ones in each parameter's shape, not copies. Dispose them after use.</summary>
    public IEnumerable<OptimiserMoment> Moments() =>
        from slot in slots
        from moment in moments.Index()
        select new OptimiserMoment(slot.Name, MomentNames[moment.Index], ViewOf(moment.Item, slot));

    /// <summary>Sets the number of updates done and every moment. Throws <see cref="InputException"/> when a parameter is missing or differs in shape.</summary>
    /// <param name="step">Updates done.</param>
    /// <param name="saved">The moment of a parameter, both by name; null where there is none.</param>
    public void Restore(long step, Func<string, string, Tensor?> saved)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var moment in Moments())
        {
            var source = saved(moment.Parameter, moment.Name) ?? throw new InputException($"optimiser state: no moments for parameter {moment.Parameter}");
            if (!moment.Value.shape.SequenceEqual(source.shape))
            {
                throw new InputException($"optimiser state: parameter {moment.Parameter} has shape [{string.Join(", ", source.shape)}]; expected [{string.Join(", ", moment.Value.shape)}]");
            }

            moment.Value.copy_(source);
        }

        Step = step;
    }

    /// <summary>One update of one stretch of parameters on the CPU, in place; <see cref="Step"/> counts it already. A moment that the optimiser does not keep is empty.</summary>
    private protected abstract void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second);

    /// <summary>The same as tensor operations.</summary>
    private protected abstract void Apply(Tensor parameters, Tensor gradient, Tensor[] moments);

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(moments, moment => moment.Dispose());
        values.Dispose();
        GC.SuppressFinalize(this);
    }

    private void UpdateOnCpu()
    {
        var flat = Floats(values);
        var first = moments.Length > 0 ? Floats(moments[0]) : [];
        var second = moments.Length > 1 ? Floats(moments[1]) : [];
        foreach (var slot in slots)
        {
            if (slot.Parameter.grad is { } gradient)
            {
                var (offset, length) = ((int)slot.Offset, (int)slot.Length);
                Apply(
                    flat.Slice(offset, length), Floats(gradient.contiguous()),
                    first.IsEmpty ? first : first.Slice(offset, length), second.IsEmpty ? second : second.Slice(offset, length));
            }
        }
    }

    private void UpdateOnDevice()
    {
        if (slots.TrueForAll(slot => slot.Parameter.grad is not null))
        {
            Apply(values, cat([.. slots.Select(slot => slot.Parameter.grad!.reshape(-1))]), moments);
            return;
        }

        foreach (var slot in slots)
        {
            if (slot.Parameter.grad is { } gradient)
            {
                Apply(Part(values, slot), gradient.reshape(-1), Array.ConvertAll(moments, moment => Part(moment, slot)));
            }
        }
    }

    private static Tensor Part(Tensor flat, Slot slot) => flat.narrow(0, slot.Offset, slot.Length);

    private static Tensor ViewOf(Tensor flat, Slot slot)
    {
        using var stretch = flat.narrow(0, slot.Offset, slot.Length);
        return stretch.view(slot.Parameter.shape);
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private readonly record struct Slot(string Name, TorchSharp.Modules.Parameter Parameter, long Offset, long Length);
}
