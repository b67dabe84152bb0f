using static Ndt.Models.Products.TensorMemory;
using static TorchSharp.torch;

namespace Ndt.Models.Products;

/// <summary>
/// An encoder layer in training as one operation: attention, dropout, residual and norm, the two feed-forward products, dropout, residual and norm; and all of its gradients. What the
/// way back needs lies in one piece of memory, and nothing else is written twice.
/// </summary>
internal sealed unsafe class EncoderPass : HeldFunction<EncoderPass>
{
    private const string PlanKey = "plan";

    /// <inheritdoc/>
    public override string Name => nameof(EncoderPass);

    /// <summary>Whether <see cref="Of"/> can take an input [n, tokens, width]: rows of tokens and of hidden units are whole vectors, and all parameters lie as we need them.</summary>
    public static bool IsWorkable(Tensor input, IReadOnlyList<Tensor> parameters) =>
        TensorMemory.IsWorkable(input)
        && input.dim() == 3
        && input.size(2) % 16 == 0
        && input.size(2) == parameters[0].size(1)
        && parameters.All(parameter => IsDense(parameter) && parameter.size(0) % 16 == 0);

    /// <summary>[n, tokens, width] → [n, tokens, width], with gradients.</summary>
    /// <param name="input">The tokens.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="rate">Probability of losing a value to dropout, at all four places.</param>
    /// <param name="parameters">Weight and bias each of: input projection, output projection, first and second linear layer, first and second norm.</param>
    public static Tensor Of(Tensor input, int heads, double rate, IReadOnlyList<Tensor> parameters)
    {
        using var contiguous = input.contiguous();
        var views = parameters.Select(WithoutCopiedGradient).ToArray();
        var output = Apply([new Plan(input.shape, heads, (int)parameters[4].shape[0], rate), contiguous, .. views]);
        Array.ForEach(views, view => view.Dispose());
        return output;
    }

    /// <inheritdoc/>
    protected override Tensor Forward(autograd.AutogradContext context, object[] inputs)
    {
        var plan = (Plan)inputs[0];
        var input = (Tensor)inputs[1];
        var weights = new Weights(Array.ConvertAll(inputs[2..], value => (Tensor)value));
        var kept = empty(plan.KeptSize);
        var output = empty(input.shape);
        plan.Forward(Values(input), weights, new Kept(plan, Values(kept)), Values(output));
        context.save_data(PlanKey, plan);
        context.save_for_backward([input, kept, .. inputs[2..].Select(value => (Tensor)value)]);
        return output;
    }

    /// <inheritdoc/>
    protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient)
    {
        var plan = (Plan)context.get_data(PlanKey);
        var saved = context.get_saved_variables();
        using var contiguous = gradient.contiguous();
        var gradients = saved[2..].ConvertAll(parameter => empty(parameter.shape));
        var dInput = empty(saved[0].shape);
        plan.Backward(Values(saved[0]), new Weights([.. saved[2..]]), new Kept(plan, Values(saved[1])), Values(contiguous), new Weights([.. gradients]), Values(dInput));
        saved.ForEach(tensor => tensor.Dispose());
        return [null!, dInput, .. gradients];
    }

    // Sizes and randomness of one pass.
    private sealed class Plan(long[] shape, int heads, int hidden, double rate)
    {
        // In the order in which separate dropouts would draw them.
        private readonly ulong[] seeds = rate == 0 ? new ulong[4] : [.. Enumerable.Range(0, 4).Select(_ => RandomDropout.DrawSeed())];

        public int Rows { get; } = (int)(shape[0] * shape[1]);

        public int Width { get; } = (int)shape[2];

        public int Hidden => hidden;

        public AttentionPass Attention { get; } = new((int)shape[0], (int)shape[1], heads, (int)shape[2]);

        public nint KeptSize => (Rows * ((5 * (nint)Width) + hidden)) + (2 * Attention.ProbabilitiesSize) + (2 * NormPass.Kept.Size(Rows, Width));

        public void Forward(float* input, Weights weights, Kept kept, float* output)
        {
            var x = Tokens(input);
            var branch = Tokens(Scratch.Pass((nint)Rows * Width));
            MatrixProduct.Multiply(x, weights.Matrix(0).Transposed, kept.Projected, weights.Vector(0));
            Attention.Forward(kept.Projected.Start, Stream(0), kept.Probabilities, kept.ProbabilityMask, kept.Mixed.Start);
            MatrixProduct.Multiply(kept.Mixed, weights.Matrix(1).Transposed, branch, weights.Vector(1));
            NormPass.Forward(x, branch.Start, Stream(1), weights.Vector(4, first: true), weights.Vector(4), kept.Attended.Start, kept.FirstNorm);

            MatrixProduct.Multiply(kept.Attended, weights.Matrix(2).Transposed, kept.Hidden, weights.Vector(2), relu: true);
            RowPasses.Drop(kept.Hidden, Stream(2), rate);
            MatrixProduct.Multiply(kept.Hidden, weights.Matrix(3).Transposed, branch, weights.Vector(3));
            NormPass.Forward(kept.Attended, branch.Start, Stream(3), weights.Vector(5, first: true), weights.Vector(5), output, kept.SecondNorm);
        }

        public void Backward(float* input, Weights weights, Kept kept, float* gradient, Weights gradients, float* dInput)
        {
            var free = Scratch.Pass(Rows * ((6 * (nint)Width) + hidden));
            var x = Tokens(input);
            var dAttended = Tokens(Take(ref free, (nint)Rows * Width));
            var dBranch = Tokens(Take(ref free, (nint)Rows * Width));
            var dMixed = Tokens(Take(ref free, (nint)Rows * Width));
            var dProjected = new MatrixView(Take(ref free, 3 * (nint)Rows * Width), Rows, 3 * Width);
            var dHidden = new MatrixView(Take(ref free, (nint)Rows * hidden), Rows, hidden);
            var dx = Tokens(dInput);

            NormPass.Backward(
                Tokens(gradient), kept.SecondNorm, weights.Vector(5, first: true), dAttended.Start, dBranch.Start,
                gradients.Vector(5, first: true), gradients.Vector(5), gradients.Vector(3));
            MatrixProduct.Multiply(dBranch.Transposed, kept.Hidden, gradients.Matrix(3));
            MatrixProduct.Multiply(dBranch, weights.Matrix(3), dHidden);
            RowPasses.KeepWherePositive(dHidden, kept.Hidden, (float)(1 / (1 - rate)));
            RowPasses.ColumnSums(dHidden, gradients.Vector(2));
            MatrixProduct.Multiply(dHidden.Transposed, kept.Attended, gradients.Matrix(2));
            MatrixProduct.Multiply(dHidden, weights.Matrix(2), dAttended, dAttended.Start, Width);

            NormPass.Backward(
                dAttended, kept.FirstNorm, weights.Vector(4, first: true), dx.Start, dBranch.Start,
                gradients.Vector(4, first: true), gradients.Vector(4), gradients.Vector(1));
            MatrixProduct.Multiply(dBranch.Transposed, kept.Mixed, gradients.Matrix(1));
            MatrixProduct.Multiply(dBranch, weights.Matrix(1), dMixed);
            Attention.Backward(kept.Projected.Start, kept.Probabilities, kept.ProbabilityMask, dMixed.Start, dProjected.Start);
            RowPasses.ColumnSums(dProjected, gradients.Vector(0));
            MatrixProduct.Multiply(dProjected.Transposed, x, gradients.Matrix(0));
            MatrixProduct.Multiply(dProjected, weights.Matrix(0), dx, dx.Start, Width);
        }

        public MatrixView Tokens(float* start) => new(start, Rows, Width);

        private MaskStream Stream(int place) => new(seeds[place], rate);
    }

    // What lies in the kept memory.
    private readonly struct Kept
    {
        public Kept(Plan plan, float* start)
        {
            Projected = new MatrixView(Take(ref start, 3 * (nint)plan.Rows * plan.Width), plan.Rows, 3 * plan.Width);
            Mixed = plan.Tokens(Take(ref start, (nint)plan.Rows * plan.Width));
            Attended = plan.Tokens(Take(ref start, (nint)plan.Rows * plan.Width));
            Hidden = new MatrixView(Take(ref start, (nint)plan.Rows * plan.Hidden), plan.Rows, plan.Hidden);
            Probabilities = Take(ref start, plan.Attention.ProbabilitiesSize);
            ProbabilityMask = Take(ref start, plan.Attention.ProbabilitiesSize);
            FirstNorm = NormPass.Kept.In(ref start, plan.Rows, plan.Width);
            SecondNorm = NormPass.Kept.In(ref start, plan.Rows, plan.Width);
        }

        public MatrixView Projected { get; }

        public MatrixView Mixed { get; }

        public MatrixView Attended { get; }

        public MatrixView Hidden { get; }

        public float* Probabilities { get; }

        public float* ProbabilityMask { get; }

        public NormPass.Kept FirstNorm { get; }

        public NormPass.Kept SecondNorm { get; }
    }

    // Parameters, or their gradients, in the order of Of.
    private readonly struct Weights(Tensor[] parameters)
    {
        public MatrixView Matrix(int layer) => TensorMemory.Matrix(parameters[2 * layer]);

        public float* Vector(int layer, bool first = false) => Values(parameters[(2 * layer) + (first ? 0 : 1)]);
    }
}
