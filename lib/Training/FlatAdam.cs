using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Training;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) over flat buffers: the module's parameters become views of one tensor, the moments are
/// one tensor each, and the update is one pass (<see cref="AdamUpdate"/>). The state has PyTorch's names: <c>step</c>,
/// <c>exp_avg</c>, <c>exp_avg_sq</c>.
/// </summary>
/// <remarks>Parameters are float32 and trainable, all on one device; frozen ones are left alone. On other devices than the CPU the same update runs as a handful of tensor operations on the flat buffers.</remarks>
public sealed class FlatAdam : IDisposable
{
    private readonly AdamOptions options;
    private readonly List<Slot> slots = [];
    private readonly Tensor values;
    private readonly Tensor firstMoment;
    private readonly Tensor secondMoment;
    private readonly bool onCpu;

    /// <summary>An optimiser for the trainable parameters of a module. Moves their storage into one flat buffer: make it before anything else keeps views of them.</summary>
    public FlatAdam(nn.Module module, AdamOptions options)
        : this(module, options, asTensors: null)
    {
    }

    /// <summary>As above; <paramref name="asTensors"/> says whether updates are tensor operations, by default anywhere but on the CPU.</summary>
    internal FlatAdam(nn.Module module, AdamOptions options, bool? asTensors)
    {
        this.options = options;
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
        firstMoment = zeros_like(values).DetachFromDisposeScope();
        secondMoment = zeros_like(values).DetachFromDisposeScope();
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

    /// <summary>Updates done.</summary>
    public long Step { get; private set; }

    /// <summary>Number of trainable parameters.</summary>
    public long ParameterCount => values.numel();

    /// <summary>
    /// One update from the parameters' gradients, which are then released. A parameter without a gradient is left as it is, as in
    /// PyTorch. Returns nothing; ask <see cref="GradientNorm"/> before.
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

    /// <summary>The optimiser's state by parameter name, in the module's order: views of the flat moments in each parameter's shape, not copies. Dispose them after use.</summary>
    public IEnumerable<AdamState> State() =>
        slots.Select(slot => new AdamState(slot.Name, ViewOf(firstMoment, slot), ViewOf(secondMoment, slot)));

    /// <summary>Sets the number of updates done and the moments of every parameter. Throws <see cref="InputException"/> when a parameter is missing or differs in shape.</summary>
    public void Restore(long step, IReadOnlyDictionary<string, (Tensor FirstMoment, Tensor SecondMoment)> moments)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        foreach (var state in State())
        {
            if (!moments.TryGetValue(state.Parameter, out var saved))
            {
                throw new InputException($"optimiser state: no moments for parameter {state.Parameter}");
            }

            foreach (var (target, source) in new[] { (state.FirstMoment, saved.FirstMoment), (state.SecondMoment, saved.SecondMoment) })
            {
                if (!target.shape.SequenceEqual(source.shape))
                {
                    throw new InputException($"optimiser state: parameter {state.Parameter} has shape [{string.Join(", ", source.shape)}]; expected [{string.Join(", ", target.shape)}]");
                }

                target.copy_(source);
            }
        }

        Step = step;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        firstMoment.Dispose();
        secondMoment.Dispose();
        values.Dispose();
    }

    private void UpdateOnCpu()
    {
        var flat = Floats(values);
        var first = Floats(firstMoment);
        var second = Floats(secondMoment);
        foreach (var slot in slots)
        {
            if (slot.Parameter.grad is { } gradient)
            {
                var (offset, length) = ((int)slot.Offset, (int)slot.Length);
                AdamUpdate.Apply(
                    options, Step, flat.Slice(offset, length), Floats(gradient.contiguous()), first.Slice(offset, length), second.Slice(offset, length));
            }
        }
    }

    private void UpdateOnDevice()
    {
        if (slots.TrueForAll(slot => slot.Parameter.grad is not null))
        {
            UpdateOnDevice(values, cat([.. slots.Select(slot => slot.Parameter.grad!.reshape(-1))]), firstMoment, secondMoment);
            return;
        }

        foreach (var slot in slots)
        {
            if (slot.Parameter.grad is { } gradient)
            {
                UpdateOnDevice(Part(values, slot), gradient.reshape(-1), Part(firstMoment, slot), Part(secondMoment, slot));
            }
        }
    }

    private void UpdateOnDevice(Tensor parameters, Tensor gradient, Tensor first, Tensor second)
    {
        first.lerp_(gradient, 1 - options.Beta1);
        second.mul_(options.Beta2).addcmul_(gradient, gradient, 1 - options.Beta2);
        var denominator = (second.sqrt() / Math.Sqrt(1 - Math.Pow(options.Beta2, Step))).add_(options.Epsilon);
        parameters.addcdiv_(first, denominator, -options.LearningRate / (1 - Math.Pow(options.Beta1, Step)));
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
