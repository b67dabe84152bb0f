using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Ndt.Models.Products;

/// <summary>
/// What attention does between its two projections (Vaswani et al. 2017, §3.2.1), for every example and head: P = softmax(Q Kᵀ / √d), dropout on P, P V; and its
/// gradients. Queries, keys and values are read where the input projection put them, and a head's products follow one another while its
/// few kilobytes are in the nearest cache.
/// </summary>
/// <param name="examples">Examples.</param>
/// <param name="tokens">Tokens of one.</param>
/// <param name="heads">Heads.</param>
/// <param name="width">Size of a token, all heads together.</param>
internal sealed unsafe class AttentionPass(int examples, int tokens, int heads, int width)
{
    private const int Lanes = 16;

    private readonly int size = width / heads;
    // Rows of probabilities are filled up to whole vectors.
    private readonly int padded = (tokens + Lanes - 1) / Lanes * Lanes;

    /// <summary>Values of all probabilities, and of a mask of them.</summary>
    public nint ProbabilitiesSize => (nint)examples * heads * tokens * padded;

    /// <summary>The mixed values [n, tokens, width] of an input [n, tokens, width], without dropout and without a way back.</summary>
    public static Tensor Of(Tensor input, Tensor weight, Tensor bias, int heads)
    {
        using var contiguous = input.contiguous();
        var (examples, tokens, width) = ((int)input.shape[0], (int)input.shape[1], (int)input.shape[2]);
        var rows = examples * tokens;
        var projected = new MatrixView(Scratch.Pass(3 * (nint)rows * width), rows, 3 * width);
        MatrixProduct.Multiply(new MatrixView(TensorMemory.Values(contiguous), rows, width), TensorMemory.Matrix(weight).Transposed, projected, TensorMemory.Values(bias));
        var mixed = empty(input.shape);
        new AttentionPass(examples, tokens, heads, width).Forward(projected.Start, default, null, null, TensorMemory.Values(mixed));
        return mixed;
    }

    /// <summary>From the projections [examples · tokens, 3 · width] the mixed values [examples · tokens, width]. The probabilities and their mask are kept where there is place for them; without, nothing is dropped.</summary>
    public void Forward(float* projected, MaskStream stream, float* probabilities, float* mask, float* mixed)
    {
        if (mask is not null)
        {
            FillMask(stream, mask);
        }

        ForEachHead(index =>
        {
            var (q, k, v) = (Part(projected, index, 0), Part(projected, index, 1), Part(projected, index, 2));
            var scratch = Scratch.Head(2 * (nint)tokens * padded);
            var p = Square(probabilities is null ? scratch : probabilities + (index * (nint)tokens * padded));
            MatrixProduct.Multiply(q, k.Transposed, p);
            Softmax(p);
            if (mask is not null)
            {
                var dropped = Square(scratch);
                Multiply(p, mask + (index * (nint)tokens * padded), dropped);
                p = dropped;
            }

            MatrixProduct.Multiply(p, v, Mixed(mixed, index));
        });
    }

    /// <summary>From the gradient of the mixed values that of the projections.</summary>
    public void Backward(float* projected, float* probabilities, float* mask, float* dMixed, float* dProjected)
    {
        ForEachHead(index =>
        {
            var (q, k, v) = (Part(projected, index, 0), Part(projected, index, 1), Part(projected, index, 2));
            var (dq, dk, dv) = (Part(dProjected, index, 0), Part(dProjected, index, 1), Part(dProjected, index, 2));
            var p = Square(probabilities + (index * (nint)tokens * padded));
            var itsMask = mask + (index * (nint)tokens * padded);
            var scratch = Scratch.Head(2 * (nint)tokens * padded);
            var (dropped, dp) = (Square(scratch), Square(scratch + ((nint)tokens * padded)));
            var d = Mixed(dMixed, index);

            Multiply(p, itsMask, dropped);
            MatrixProduct.Multiply(dropped.Transposed, d, dv);
            MatrixProduct.Multiply(d, v.Transposed, dp);
            SoftmaxGradient(p, itsMask, dp);
            MatrixProduct.Multiply(dp, k, dq);
            MatrixProduct.Multiply(dp.Transposed, q, dk);
        });
    }

    private void ForEachHead(Action<int> work)
    {
        var threads = get_num_threads();
        if (threads == 1)
        {
            for (var i = 0; i < examples * heads; i++)
            {
                work(i);
            }
        }
        else
        {
            Parallel.For(0, examples * heads, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
    }

    // Queries (0), keys (1) or values (2) of a head [tokens, size].
    private MatrixView Part(float* projected, int index, int part) => new(
        projected + (index / heads * (nint)tokens * 3 * width) + (part * width) + (index % heads * size), tokens, size, 3 * width, 1);

    private MatrixView Mixed(float* mixed, int index) => new(mixed + (index / heads * (nint)tokens * width) + (index % heads * size), tokens, size, width, 1);

    private MatrixView Square(float* start) => new(start, tokens, tokens, padded, 1);

    // The stream is that of a mask without the filling, so that it does not depend on who uses it.
    private void FillMask(MaskStream stream, float* mask)
    {
        nint count = (nint)examples * heads * tokens * tokens;
        stream.Fill(new Span<float>(mask, checked((int)count)));
        if (padded > tokens)
        {
            for (var row = ((nint)examples * heads * tokens) - 1; row >= 0; row--)
            {
                new Span<float>(mask + (row * tokens), tokens).CopyTo(new Span<float>(mask + (row * padded), tokens));
                new Span<float>(mask + (row * padded) + tokens, padded - tokens).Clear();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Softmax(MatrixView scores)
    {
        var scale = (float)(1 / Math.Sqrt(size));
        for (var i = 0; i < tokens; i++)
        {
            var row = scores.Start + (i * (nint)padded);
            new Span<float>(row + tokens, padded - tokens).Fill(float.NegativeInfinity);
            var largest = Vector512.Load(row);
            for (var j = Lanes; j < padded; j += Lanes)
            {
                largest = Vector512.Max(largest, Vector512.Load(row + j));
            }

            var peak = largest[0];
            for (var lane = 1; lane < Lanes; lane++)
            {
                peak = MathF.Max(peak, largest[lane]);
            }

            var sum = Vector512<float>.Zero;
            for (var j = 0; j < padded; j += Lanes)
            {
                var power = Vector512.Exp((Vector512.Load(row + j) - Vector512.Create(peak)) * scale);
                power.Store(row + j);
                sum += power;
            }

            var share = 1 / Vector512.Sum(sum);
            for (var j = 0; j < padded; j += Lanes)
            {
                (Vector512.Load(row + j) * share).Store(row + j);
            }
        }
    }

    // From the gradient of the dropped probabilities that of the scores before their scaling, in place: dS = P (dP − Σ P dP) / √d.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SoftmaxGradient(MatrixView probabilities, float* mask, MatrixView gradient)
    {
        var scale = (float)(1 / Math.Sqrt(size));
        for (var i = 0; i < tokens; i++)
        {
            var at = i * (nint)padded;
            var (p, m, d) = (new Pointer(probabilities.Start + at), new Pointer(mask + at), new Pointer(gradient.Start + at));
            new Span<float>(gradient.Start + at + tokens, padded - tokens).Clear();
            var sum = Vector512<float>.Zero;
            for (var j = 0; j < padded; j += Lanes)
            {
                sum += p[j] * (d[j] * m[j]);
            }

            var mean = Vector512.Create(Vector512.Sum(sum));
            for (var j = 0; j < padded; j += Lanes)
            {
                (p[j] * ((d[j] * m[j]) - mean) * scale).Store(gradient.Start + at + j);
            }
        }
    }

    private void Multiply(MatrixView a, float* b, MatrixView product)
    {
        for (nint i = 0; i < (nint)tokens * padded; i += Lanes)
        {
            (Vector512.Load(a.Start + i) * Vector512.Load(b + i)).Store(product.Start + i);
        }
    }

    private readonly struct Pointer(float* start)
    {
        public Vector512<float> this[int j] => Vector512.Load(start + j);
    }
}
