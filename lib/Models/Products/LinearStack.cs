using static Ndt.Models.Products.TensorMemory;
using static TorchSharp.torch;

namespace Ndt.Models.Products;

/// <summary>
/// Linear layers with ReLU between them, as one operation: y = W₂ · max(0, W₁ x + b₁) + b₂, and so on; and its gradients. A small network's step spends more time
/// in going from operation to operation than in them.
/// </summary>
internal sealed unsafe class LinearStack : HeldFunction<LinearStack>
{
    /// <inheritdoc/>
    public override string Name => nameof(LinearStack);

    /// <summary>Whether <see cref="Of"/> can take an input [.., inputs] through these layers; a wrong size is libtorch's to refuse.</summary>
    public static bool IsWorkable(Tensor input, IReadOnlyList<LinearLayer> layers) =>
        TensorMemory.IsWorkable(input)
        && input.size(-1) == layers[0].Weight.size(1)
        && layers.All(layer => IsDense(layer.Weight) && IsDense(layer.Bias));

    /// <summary>[…, inputs of the first layer] → […, outputs of the last]; with gradients where they are enabled.</summary>
    public static Tensor Of(Tensor input, IReadOnlyList<LinearLayer> layers)
    {
        var parameters = layers.SelectMany(layer => new Tensor[] { layer.Weight, layer.Bias }).ToArray();
        using var contiguous = input.contiguous();
        if (!is_grad_enabled())
        {
            return Forward(contiguous, parameters, keep: false).Output;
        }

        var views = Array.ConvertAll(parameters, WithoutCopiedGradient);
        var output = Apply([contiguous, .. views]);
        Array.ForEach(views, view => view.Dispose());
        return output;
    }

    /// <inheritdoc/>
    protected override Tensor Forward(autograd.AutogradContext context, object[] inputs)
    {
        var input = (Tensor)inputs[0];
        var parameters = Array.ConvertAll(inputs[1..], value => (Tensor)value);
        var (output, hidden) = Forward(input, parameters, keep: true);
        context.save_for_backward([input, hidden!, .. parameters.Where((_, i) => i % 2 == 0)]);
        return output;
    }

    /// <inheritdoc/>
    protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient)
    {
        var saved = context.get_saved_variables();
        using var contiguous = gradient.contiguous();
        var gradients = Backward(saved[0], saved[1], saved[2..], contiguous);
        saved.ForEach(tensor => tensor.Dispose());
        return gradients;
    }

    private static (Tensor Output, Tensor? Hidden) Forward(Tensor input, Tensor[] parameters, bool keep)
    {
        var layers = parameters.Length / 2;
        var rows = (int)(input.numel() / input.size(-1));
        nint units = 0;
        for (var i = 0; i + 1 < layers; i++)
        {
            units += (nint)parameters[2 * i].size(0);
        }

        var hidden = keep ? empty(rows * units) : null;
        var output = empty([.. input.shape[..^1], parameters[^2].size(0)]);
        var free = hidden is null ? Scratch.Pass(rows * units) : Values(hidden);
        var x = new MatrixView(Values(input), rows, (int)input.size(-1));
        for (var i = 0; i < layers; i++)
        {
            var weight = Matrix(parameters[2 * i]);
            var last = i + 1 == layers;
            var y = new MatrixView(last ? Values(output) : Take(ref free, (nint)rows * weight.Rows), rows, weight.Rows);
            MatrixProduct.Multiply(x, weight.Transposed, y, Values(parameters[(2 * i) + 1]), relu: !last);
            x = y;
        }

        return (output, hidden);
    }

    private static List<Tensor> Backward(Tensor input, Tensor hidden, List<Tensor> weights, Tensor gradient)
    {
        var rows = (int)(input.numel() / input.size(-1));
        var gradients = new Tensor?[1 + (2 * weights.Count)];
        nint units = 0;
        nint widest = 0;
        foreach (var weight in weights[..^1])
        {
            units += (nint)weight.size(0);
            widest = Math.Max(widest, (nint)weight.size(0));
        }

        // The gradients of two neighbouring layers' units, in turn.
        var scratch = Scratch.Pass(2 * rows * widest);
        var kept = Values(hidden) + (rows * units);
        var dy = new MatrixView(Values(gradient), rows, (int)weights[^1].size(0));
        for (var i = weights.Count - 1; i >= 0; i--)
        {
            var weight = Matrix(weights[i]);
            kept -= i > 0 ? (nint)rows * weight.Columns : 0;
            var x = new MatrixView(i > 0 ? kept : Values(input), rows, weight.Columns);
            var (dw, db) = (empty(weight.Rows, weight.Columns), empty(weight.Rows));
            MatrixProduct.Multiply(dy.Transposed, x, Matrix(dw));
            RowPasses.ColumnSums(dy, Values(db));
            (gradients[(2 * i) + 1], gradients[(2 * i) + 2]) = (dw, db);
            if (i > 0)
            {
                var dx = new MatrixView(scratch + (i % 2 * rows * widest), rows, weight.Columns);
                MatrixProduct.Multiply(dy, weight, dx);
                RowPasses.KeepWherePositive(dx, x, 1);
                dy = dx;
            }
            else if (input.requires_grad)
            {
                gradients[0] = empty(input.shape);
                MatrixProduct.Multiply(dy, weight, new MatrixView(Values(gradients[0]!), rows, weight.Columns));
            }
        }

        return [.. gradients.Select(gradient => gradient!)];
    }
}
