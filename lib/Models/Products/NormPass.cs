using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ndt.Models.Products;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016) of a sum, y = weight · (s − mean) / √(variance + ε) + bias with s = input + mask · branch, in one pass over memory each
/// way, where separate operations make five. Rows of a multiple of 16 values.
/// </summary>
internal static unsafe class NormPass
{
    /// <summary>ε of PyTorch's LayerNorm.</summary>
    public const float Epsilon = 1e-5f;

    private const int Lanes = 16;

    /// <summary>What the way back needs of the way there.</summary>
    /// <param name="mask">Dropout's mask [rows, width].</param>
    /// <param name="normalised">(s − mean) / √(variance + ε) [rows, width].</param>
    /// <param name="scale">1 / √(variance + ε) [rows].</param>
    public readonly struct Kept(float* mask, float* normalised, float* scale)
    {
        /// <summary>Values that a pass over so many rows keeps.</summary>
        public static nint Size(int rows, int width) => rows * ((2 * (nint)width) + 1);

        /// <summary>Laid out in the next stretch of a piece of memory.</summary>
        public static Kept In(ref float* free, int rows, int width) => new(
            TensorMemory.Take(ref free, (nint)rows * width), TensorMemory.Take(ref free, (nint)rows * width), TensorMemory.Take(ref free, rows));

        /// <summary>See the type.</summary>
        public float* Mask => mask;

        /// <summary>See the type.</summary>
        public float* Normalised => normalised;

        /// <summary>See the type.</summary>
        public float* Scale => scale;
    }

    /// <summary>The way there, with dropout on the branch. Rows of <paramref name="output"/> may be those of the branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(MatrixView input, float* branch, MaskStream stream, float* weight, float* bias, float* output, Kept kept)
    {
        var width = input.Columns;
        for (var i = 0; i < input.Rows; i++)
        {
            var at = (nint)i * width;
            var (x, y, mask, sum) = (new Row(input.Start + at), new Row(branch + at), new Row(kept.Mask + at), new Row(kept.Normalised + at));
            stream.Fill(new Span<float>(mask.Start, width));
            for (var j = 0; j < width; j += Lanes)
            {
                (x[j] + (y[j] * mask[j])).Store(sum.Start + j);
            }

            kept.Scale[i] = Normalise(sum, width);
            Scale(sum, width, weight, bias, output + at);
        }
    }

    /// <summary>
    /// The way back: from the gradient of y those of the input and of the branch, both [rows, width], and of weight, bias and the branch's bias, all [width]. The input's may be written over the
    /// gradient of y.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(MatrixView gradient, Kept kept, float* weight, float* input, float* branch, float* dWeight, float* dBias, float* dBranchBias)
    {
        var width = gradient.Columns;
        new Span<float>(dWeight, width).Clear();
        new Span<float>(dBias, width).Clear();
        new Span<float>(dBranchBias, width).Clear();

        for (var i = 0; i < gradient.Rows; i++)
        {
            var at = (nint)i * width;
            var (dy, normal, mask, w) = (new Row(gradient.Start + at), new Row(kept.Normalised + at), new Row(kept.Mask + at), new Row(weight));
            var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var j = 0; j < width; j += Lanes)
            {
                var scaled = dy[j] * w[j];
                sum += scaled;
                product += scaled * normal[j];
                (Vector512.Load(dWeight + j) + (dy[j] * normal[j])).Store(dWeight + j);
                (Vector512.Load(dBias + j) + dy[j]).Store(dBias + j);
            }

            var mean = Vector512.Create(Vector512.Sum(sum) / width);
            var slope = Vector512.Create(Vector512.Sum(product) / width);
            var scale = Vector512.Create(kept.Scale[i]);
            for (var j = 0; j < width; j += Lanes)
            {
                var ds = scale * ((dy[j] * w[j]) - mean - (normal[j] * slope));
                var db = ds * mask[j];
                ds.Store(input + at + j);
                db.Store(branch + at + j);
                (Vector512.Load(dBranchBias + j) + db).Store(dBranchBias + j);
            }
        }
    }

    // (s − mean) / √(variance + ε) in place; returns the factor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Normalise(Row row, int width)
    {
        var sum = Vector512<float>.Zero;
        for (var j = 0; j < width; j += Lanes)
        {
            sum += row[j];
        }

        var mean = Vector512.Create(Vector512.Sum(sum) / width);
        var squares = Vector512<float>.Zero;
        for (var j = 0; j < width; j += Lanes)
        {
            var apart = row[j] - mean;
            squares += apart * apart;
        }

        var scale = 1 / MathF.Sqrt((Vector512.Sum(squares) / width) + Epsilon);
        for (var j = 0; j < width; j += Lanes)
        {
            ((row[j] - mean) * scale).Store(row.Start + j);
        }

        return scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(Row normal, int width, float* weight, float* bias, float* output)
    {
        for (var j = 0; j < width; j += Lanes)
        {
            ((normal[j] * Vector512.Load(weight + j)) + Vector512.Load(bias + j)).Store(output + j);
        }
    }

    private readonly struct Row(float* start)
    {
        public float* Start => start;

        public Vector512<float> this[int j] => Vector512.Load(start + j);
    }
}
