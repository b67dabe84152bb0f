using System.Runtime.InteropServices;
using Ndt.Torch;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>
/// Takes the activations of chosen layers on a probe set in one forward pass in evaluation mode, and reduces each to matrices
/// [samples, features].
/// </summary>
/// <remarks>
/// <para>
/// Outputs [n, features] are taken as they are. Outputs with more dimensions are averaged over all dimensions from the third on,
/// as in the study (<see cref="LayerView.Study"/>): a convolution map [n, c, h, w] over its places, but a token tensor [n, t, d]
/// over its <em>features</em>. Token tensors therefore also have their mean over tokens (<see cref="LayerView.TokenMean"/>). Where a Linear, LayerNorm or
/// Embedding puts out four dimensions or more, [n, h, w, features], its features are the last and the places between are averaged.
/// Modules whose path ends in <c>out_proj</c> are attention's output projections, which the study never measured: of their tokens they have the
/// mean only.
/// </para>
/// <para>
/// A layer that fires more than once in a forward pass is taken the first time. A module that has several paths (tied layers) is taken once for each, in the order in
/// which the paths are registered: the second path's figures are those of its second run. If it runs only once, it is listed once.
/// </para>
/// <para>
/// The pass leaves the network as it was: no gradients, every module's own mode and the values of its buffers put back, hooks without effect afterwards, also where the forward throws. What
/// the forward draws at random is drawn from the CPU's generator again by the next one, so that training goes on as if nothing had been measured; TorchSharp
/// gives no access to the state of a CUDA device's generator.
/// </para>
/// </remarks>
public sealed class ActivationProbe : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly int batchDimension;
    private readonly IReadOnlyList<HookedModule> modules;
    private readonly List<Action> removers = [];
    private readonly List<Buffer> buffers = [];
    private readonly List<(int From, int To)> reductions = [];
    private Action<ProbedLayer, Tensor>? keep;
    private long examples;
    private int depth;
    private int next;
    private bool disposed;

    /// <summary>Hooks the chosen layers of a network, by default every Linear and Conv2d. The hooks cost next to nothing between captures, and go with <see cref="Dispose"/>.</summary>
    /// <param name="network">Any module that maps one tensor to one.</param>
    /// <param name="layers">Which of its modules.</param>
    /// <param name="batchDimension">The dimension of inputs, and of outputs with three dimensions or more, that counts examples: 1 for [tokens, n, features].</param>
    /// <exception cref="InputException">No module is chosen, or one that does not map one tensor to one is named in full.</exception>
    public ActivationProbe(nn.Module<Tensor, Tensor> network, LayerSelection? layers = null, int batchDimension = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batchDimension);
        this.network = network;
        this.batchDimension = batchDimension;
        (modules, LeftOut) = (layers ?? LayerSelection.LinearAndConvolution).In(network);
        foreach (var module in modules)
        {
            var axis = FeatureAxes.Of(module.Module);
            var hook = module.Module.register_forward_hook((_, _, output) =>
            {
                if (keep is not null && module.NextName() is { } name)
                {
                    Take(name, axis, output);
                }

                return output;
            });
            removers.Add(hook.remove);
        }
    }

    /// <summary>Chosen modules that do not map one tensor to one, by path and type; they are not measured.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Where points are marked around the reduction of each layer's activations to matrices, if anywhere.</summary>
    internal DeviceClock? Clock { get; init; }

    /// <summary>Seconds that the last capture spent in reducing activations to matrices, within the forward pass, by <see cref="Clock"/>.</summary>
    internal double ReductionSeconds => reductions.Sum(pair => Clock!.Seconds(pair.From, pair.To));

    /// <summary>
    /// Runs the network on inputs [n, …] and returns its output (the caller's to dispose) and the activations of every chosen layer,
    /// in order of depth. The activations stay valid until the next capture.
    /// </summary>
    /// <exception cref="InputException">A chosen layer does not fire, or its output cannot be measured: its examples are not where they are expected, it has fewer than two dimensions, or is complex.</exception>
    /// <exception cref="ObjectDisposedException">The hooks are gone.</exception>
    public (Tensor Output, IReadOnlyList<LayerActivations> Activations) Capture(Tensor inputs)
    {
        next = 0;
        var output = Run(inputs, KeepOnHost);
        return (output, [.. buffers.Take(next).Select(buffer => new LayerActivations(buffer.Layer, buffer.Singles) { Doubles = buffer.Doubles })]);
    }

    /// <summary>As <see cref="Capture"/>, leaving the activations where the network is: copies, which are the caller's to dispose.</summary>
    internal (Tensor Output, IReadOnlyList<DeviceActivations> Activations) CaptureOnDevice(Tensor inputs)
    {
        var taken = new List<DeviceActivations>();
        try
        {
            return (Run(inputs, KeepOnDevice), taken);
        }
        catch
        {
            taken.ForEach(layer => layer.Matrix.Dispose());
            throw;
        }

        // A copy, since a later layer may work in place; out of the scope that the module may have opened.
        void KeepOnDevice(ProbedLayer layer, Tensor matrix)
        {
            using var kept = matrix.to(matrix.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
            taken.Add(new DeviceActivations(layer, kept.to(ScalarType.Float64, copy: true).DetachFromDisposeScope()));
        }
    }

    /// <summary>Removes the hooks; the network is as it was.</summary>
    public void Dispose()
    {
        removers.ForEach(remove => remove());
        removers.Clear();
        disposed = true;
    }

    private Tensor Run(Tensor inputs, Action<ProbedLayer, Tensor> keepMatrix)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (inputs.dim() <= batchDimension)
        {
            throw new InputException($"the probe set is [{string.Join(", ", inputs.shape)}]; dimension {batchDimension} is to count its examples");
        }

        examples = inputs.shape[batchDimension];
        depth = 0;
        foreach (var module in modules)
        {
            module.Passes = 0;
        }

        reductions.Clear();
        using var guard = no_grad();
        using var random = Generator.Default.get_state();
        using var evaluation = new EvaluationMode(network);
        using var state = new KeptBuffers(network);
        keep = keepMatrix;
        Tensor? output = null;
        try
        {
            output = network.call(inputs);
            RequireFired();
            return output;
        }
        catch
        {
            output?.Dispose();
            throw;
        }
        finally
        {
            keep = null;
            Generator.Default.set_state(random);
        }
    }

    private void RequireFired()
    {
        var silent = modules.Where(module => module.Passes == 0).SelectMany(module => module.Names.Where((_, i) => module.Chosen[i])).ToArray();
        if (silent.Length > 0)
        {
            throw new InputException($"these layers did not run, or not through a hook: {string.Join(", ", silent)}. A forward has to use call(), not forward(), of its layers; leave out those that it does not use (LayerSelection)");
        }

        foreach (var module in modules)
        {
            module.RequireFired();
        }
    }

    private void Take(string name, FeatureAxis axis, Tensor output)
    {
        var start = Clock?.Mark() ?? 0;
        if (output.dim() < 2)
        {
            throw new InputException($"layer {name}: its output has {output.dim()} dimension(s); a measurable output is [samples, features, …]");
        }

        if (output.is_complex())
        {
            throw new InputException($"layer {name}: its output is complex ({output.dtype}); a measurable output is real");
        }

        using var placed = ExamplesFirst(name, output);
        using var real = placed.is_floating_point() ? placed.alias() : placed.to(ScalarType.Float32);
        Reduce(name, axis, real);
        depth++;
        if (Clock is not null)
        {
            reductions.Add((start, Clock.Mark()));
        }
    }

    private Tensor ExamplesFirst(string name, Tensor output)
    {
        // What follows a pooling over tokens has examples first, wherever they were before.
        var dimension = output.dim() > 2 && output.dim() > batchDimension ? batchDimension : 0;
        return output.shape[dimension] == examples
            ? dimension == 0 ? output.alias() : output.movedim([dimension], [0])
            : throw new InputException($"layer {name}: its output [{string.Join(", ", output.shape)}] has {output.shape[dimension]} in dimension {dimension}, and the probe set has {examples} examples; "
                + "where they are counted by another dimension, BatchDimension says so; a layer that splits or joins examples has to be left out (LayerSelection)");
    }

    private void Reduce(string name, FeatureAxis axis, Tensor output)
    {
        var dimensions = (int)output.dim();
        var isTokens = dimensions == 3 && axis != FeatureAxis.Second;
        if (dimensions == 2)
        {
            Store(name, LayerView.Study, output);
        }
        else if (!isTokens || !name.EndsWith("out_proj", StringComparison.Ordinal))
        {
            // The study's files have tokens [n, t, d], and their mean over d; nothing of theirs has more dimensions with the features last.
            var places = dimensions > 3 && axis == FeatureAxis.Last ? Enumerable.Range(1, dimensions - 2) : Enumerable.Range(2, dimensions - 2);
            using var reduced = output.mean([.. places.Select(place => (long)place)]);
            Store(name, LayerView.Study, reduced);
        }

        if (isTokens)
        {
            using var reduced = output.mean([1L]);
            Store(name, LayerView.TokenMean, reduced);
        }
    }

    private void Store(string name, string view, Tensor matrix) =>
        keep!(new ProbedLayer(name, view, depth, (int)matrix.shape[0], (int)matrix.shape[1]), matrix);

    private void KeepOnHost(ProbedLayer layer, Tensor matrix)
    {
        var isDouble = matrix.dtype == ScalarType.Float64;
        if (next == buffers.Count)
        {
            buffers.Add(new Buffer(layer, isDouble));
        }
        else if (buffers[next].Layer != layer || buffers[next].IsDouble != isDouble)
        {
            buffers[next] = new Buffer(layer, isDouble);
        }

        var buffer = buffers[next++];
        if (isDouble)
        {
            using var scope = NewDisposeScope();
            var values = matrix.cpu().contiguous();
            MemoryMarshal.Cast<byte, double>(values.bytes).CopyTo(buffer.Doubles);
        }

        if (matrix.dtype == ScalarType.Float32 && matrix.device_type == TorchSharp.DeviceType.CPU && matrix.is_contiguous())
        {
            MemoryMarshal.Cast<byte, float>(matrix.bytes).CopyTo(buffer.Singles);
        }
        else
        {
            using var scope = NewDisposeScope();
            var values = matrix.to(ScalarType.Float32).cpu().contiguous();
            MemoryMarshal.Cast<byte, float>(values.bytes).CopyTo(buffer.Singles);
        }
    }

    private sealed class Buffer(ProbedLayer layer, bool isDouble)
    {
        public ProbedLayer Layer { get; } = layer;

        public bool IsDouble { get; } = isDouble;

        public float[] Singles { get; } = new float[layer.Samples * layer.Features];

        public double[] Doubles { get; } = isDouble ? new double[layer.Samples * layer.Features] : [];
    }
}
