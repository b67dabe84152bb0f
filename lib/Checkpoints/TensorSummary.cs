namespace Ndt.Checkpoints;

/// <summary>One tensor in five numbers, in float64.</summary>
/// <param name="Minimum">The smallest element; NaN when there are none or one is NaN.</param>
/// <param name="Maximum">The largest element; NaN likewise.</param>
/// <param name="Mean">The arithmetic mean; NaN likewise.</param>
/// <param name="Norm">The Euclidean norm of the flattened tensor, ≥ 0; 0 when there are no elements, NaN when one is NaN.</param>
/// <param name="NonFinite">How many elements are NaN or infinite.</param>
public readonly record struct TensorSummary(double Minimum, double Maximum, double Mean, double Norm, int NonFinite)
{
    /// <summary>Summarises <paramref name="tensor"/> without copying it; of a type that is not computed with, all is NaN and nothing non-finite.</summary>
    public static TensorSummary Of(NamedTensor tensor)
    {
        if (!tensor.Type.IsReal())
        {
            return new TensorSummary(double.NaN, double.NaN, double.NaN, double.NaN, 0);
        }

        if (tensor.Elements == 0)
        {
            return new TensorSummary(double.NaN, double.NaN, double.NaN, 0, 0);
        }

        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, sum = 0, squares = 0;
        var nonFinite = 0;
        for (var i = 0; i < tensor.Elements; i++)
        {
            var value = tensor[i];
            nonFinite += double.IsFinite(value) ? 0 : 1;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            sum += value;
            squares += value * value;
        }

        return new TensorSummary(minimum, maximum, sum / tensor.Elements, Math.Sqrt(squares), nonFinite);
    }
}
