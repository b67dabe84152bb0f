using System.Collections.Immutable;

namespace Ndt.Checkpoints.Pickle;

/// <summary>A tensor as pickled: a strided view of a storage, in elements, checked to lie within it; not read yet.</summary>
internal sealed record TensorReference(StorageReference Storage, long Offset, ImmutableArray<long> Shape, ImmutableArray<long> Strides)
{
    public const int MaximumDimensions = 32;

    /// <summary>The number of elements.</summary>
    public long Elements { get; } = NamedTensor.CountElements(Shape.AsSpan()) ?? 0;

    /// <summary>The number of bytes once they are in row-major order: a stride of 0 may claim a terabyte of four bytes.</summary>
    public Int128 Length => (Int128)Elements * Storage.Type.Size();

    /// <summary>All of a storage, as a vector.</summary>
    public static TensorReference Of(StorageReference storage) => new(storage, 0, [storage.Elements], [1]);

    /// <summary>All of a storage, in row-major order of that shape, or in column-major order as Fortran has it.</summary>
    public static TensorReference Of(StorageReference storage, ReadOnlySpan<long> shape, bool isColumnMajor) =>
        new(storage, 0, [.. shape], [.. StridesOf(shape, isColumnMajor)]);

    /// <summary>The strides of elements that lie one after another, in row-major order or in column-major.</summary>
    public static long[] StridesOf(ReadOnlySpan<long> shape, bool isColumnMajor)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            var axis = isColumnMajor ? i : shape.Length - 1 - i;
            strides[axis] = stride;
            stride *= Math.Max(shape[axis], 1);
        }

        return strides;
    }

    /// <summary>Whether the elements lie one after another in row-major order, so that a slice of the storage is the tensor.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != expected)
                {
                    return false;
                }

                expected *= Math.Max(Shape[i], 1);
            }

            return true;
        }
    }

    /// <summary>What is wrong with the view, or null.</summary>
    public static string? Complaint(StorageReference storage, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        if (shape.Length != strides.Length || shape.Length > MaximumDimensions)
        {
            return $"a tensor has {shape.Length} sizes and {strides.Length} strides; as many of both, at most {MaximumDimensions}, are expected";
        }

        if (NamedTensor.CountElements(shape) is not { } elements || offset < 0)
        {
            return "a tensor has a negative or an overflowing size or offset";
        }

        if (elements == 0)
        {
            return null;
        }

        Int128 last = offset;
        for (var i = 0; i < shape.Length; i++)
        {
            if (strides[i] < 0)
            {
                return "a tensor has a negative stride";
            }

            last += (Int128)(shape[i] - 1) * strides[i];
        }

        return last < storage.Elements ? null : $"a tensor reaches beyond its storage of {storage.Elements} elements";
    }

    /// <summary>Reads the elements, in row-major order; shares the storage's memory where they are contiguous there.</summary>
    public ReadOnlyMemory<byte> Gather()
    {
        var size = Storage.Type.Size();
        if (Elements == 0)
        {
            return default;
        }

        var storage = Storage.Bytes.Read();

        if (IsContiguous)
        {
            return storage.Slice((int)(Offset * size), (int)(Elements * size));
        }

        var result = new byte[Elements * size];
        var index = new long[Shape.Length];
        var from = Offset;
        for (var to = 0; to < result.Length; to += size)
        {
            storage.Span.Slice((int)(from * size), size).CopyTo(result.AsSpan(to));
            for (var i = index.Length - 1; i >= 0; i--)
            {
                from += Strides[i];
                if (++index[i] < Shape[i])
                {
                    break;
                }

                from -= Strides[i] * Shape[i];
                index[i] = 0;
            }
        }

        return result;
    }
}
