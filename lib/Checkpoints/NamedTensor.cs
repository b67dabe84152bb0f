using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Ndt.Checkpoints;

/// <summary>
/// A tensor as a checkpoint holds it: a name, an element type, a shape, and its elements as little-endian bytes in row-major
/// order. Immutable; tensors read from one storage may share its memory.
/// </summary>
public sealed class NamedTensor
{
    private readonly ReadOnlyMemory<byte> held;
    private readonly Func<ReadOnlyMemory<byte>>? read;

    /// <summary>Wraps <paramref name="bytes"/> without copying; they must not change afterwards.</summary>
    /// <exception cref="ArgumentException">A negative dimension, or a byte count that is not elements × element size.</exception>
    public NamedTensor(string name, ElementType type, ImmutableArray<long> shape, ReadOnlyMemory<byte> bytes)
    {
        var elements = CountElements(shape.AsSpan());
        if (elements is null || elements > int.MaxValue / type.Size() || elements.Value * type.Size() != bytes.Length)
        {
            throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(", ", shape)}] and type {type.Name()} cannot hold {bytes.Length} bytes.");
        }

        Name = name;
        Type = type;
        TypeName = type.Name();
        Shape = shape;
        Elements = (int)elements.Value;
        held = bytes;
    }

    private NamedTensor(string name, ElementType type, string typeName, ImmutableArray<long> shape, int elements, ReadOnlyMemory<byte> held, Func<ReadOnlyMemory<byte>>? read)
    {
        Name = name;
        Type = type;
        TypeName = typeName;
        Shape = shape;
        Elements = elements;
        this.held = held;
        this.read = read;
    }

    /// <summary>The name within its state dict, such as <c>conv_layers.0.weight</c>.</summary>
    public string Name { get; }

    /// <summary>What the elements are.</summary>
    public ElementType Type { get; }

    /// <summary>The type under safetensors' name: that of <see cref="Type"/>, or the file's own word for another type.</summary>
    public string TypeName { get; }

    /// <summary>The sizes of the dimensions, outermost first; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The elements, little-endian, row-major.</summary>
    public ReadOnlyMemory<byte> Bytes => read is null ? held : read();

    /// <summary>The number of elements: the product of the shape, 1 for a scalar.</summary>
    public int Elements { get; }

    /// <summary>A tensor that copies <paramref name="values"/>.</summary>
    /// <exception cref="ArgumentException">The type is not held by <typeparamref name="T"/>, or the shape does not fit the count.</exception>
    public static NamedTensor Create<T>(string name, ElementType type, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (!type.IsHeldBy<T>())
        {
            throw new ArgumentException($"Elements of type {type.Name()} are not held by {typeof(T).Name}.");
        }

        return new NamedTensor(name, type, [.. shape], MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>
    /// A tensor of an open file, whose shape is known to fit the bytes that <paramref name="read"/> gives whenever they are asked for. Whoever
    /// hands it on takes <see cref="Loaded"/>.
    /// </summary>
    internal static NamedTensor InFile(string name, ElementType type, string typeName, ImmutableArray<long> shape, Func<ReadOnlyMemory<byte>> read) =>
        new(name, type, typeName, shape, (int)CountElements(shape.AsSpan())!.Value, default, read);

    /// <summary>The tensor with its bytes in memory.</summary>
    internal NamedTensor Loaded() => read is null ? this : new NamedTensor(Name, Type, TypeName, Shape, Elements, read(), read: null);

    /// <summary>The elements as a span, without copying: double, float, Half, long, int, short, sbyte, ushort, uint, ulong, or byte for U8 and Bool.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged =>
        Type.IsHeldBy<T>()
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new InvalidOperationException($"Tensor '{Name}' holds {TypeName}, not {typeof(T).Name}.");

    /// <summary>The elements converted to doubles: exact for every type but I64 and U64 beyond 2⁵³.</summary>
    /// <exception cref="InputException">The elements are complex or of an unknown type.</exception>
    public double[] ToDoubles()
    {
        var bytes = Bytes.Span;
        var result = new double[Elements];
        if (Type == ElementType.F32)
        {
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, float>(bytes), result);
            return result;
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Element(bytes, i);
        }

        return result;
    }

    /// <summary>Element <paramref name="index"/> in row-major order, converted to a double.</summary>
    /// <exception cref="InputException">The elements are complex or of an unknown type.</exception>
    public double this[int index] => Element(Bytes.Span, index);

    /// <summary>The same elements under another name.</summary>
    public NamedTensor Rename(string name) => new(name, Type, TypeName, Shape, Elements, held, read);

    private double Element(ReadOnlySpan<byte> bytes, int index) => Type switch
    {
        ElementType.F64 => MemoryMarshal.Cast<byte, double>(bytes)[index],
        ElementType.F32 => MemoryMarshal.Cast<byte, float>(bytes)[index],
        ElementType.F16 => (double)MemoryMarshal.Cast<byte, Half>(bytes)[index],
        ElementType.BF16 => BitConverter.Int32BitsToSingle(MemoryMarshal.Cast<byte, ushort>(bytes)[index] << 16),
        ElementType.I64 => MemoryMarshal.Cast<byte, long>(bytes)[index],
        ElementType.I32 => MemoryMarshal.Cast<byte, int>(bytes)[index],
        ElementType.I16 => MemoryMarshal.Cast<byte, short>(bytes)[index],
        ElementType.I8 => (sbyte)bytes[index],
        ElementType.U8 or ElementType.Bool => bytes[index],
        ElementType.U16 => MemoryMarshal.Cast<byte, ushort>(bytes)[index],
        ElementType.U32 => MemoryMarshal.Cast<byte, uint>(bytes)[index],
        ElementType.U64 => MemoryMarshal.Cast<byte, ulong>(bytes)[index],
        ElementType.F8E5M2 => (double)BitConverter.UInt16BitsToHalf((ushort)(bytes[index] << 8)),
        ElementType.F8E4M3 => Float8(bytes[index]),
        _ => throw new InputException($"The tensor {Printable.Quote(Name)} is of type {Printable.Quote(TypeName)}, which nothing here computes with; real numbers are expected."),
    };

    /// <summary>Micikevicius et al. 2022, "FP8 formats for deep learning", table 1: E4M3 has no infinities, and NaN only where all bits but the sign are set.</summary>
    private static double Float8(byte bits)
    {
        var (sign, exponent, mantissa) = ((bits & 0x80) == 0 ? 1.0 : -1.0, (bits >> 3) & 15, bits & 7);
        return (exponent, mantissa) switch
        {
            (15, 7) => double.NaN,
            (0, _) => sign * mantissa * Math.ScaleB(1, -9),
            _ => sign * (8 + mantissa) * Math.ScaleB(1, exponent - 10),
        };
    }

    /// <summary>The product of a shape, or null when a dimension is negative or the product of the non-zero ones exceeds 2⁶³−1.</summary>
    internal static long? CountElements(ReadOnlySpan<long> shape)
    {
        long product = 1;
        var empty = false;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && product > long.MaxValue / size))
            {
                return null;
            }

            empty |= size == 0;
            product *= Math.Max(size, 1);
        }

        return empty ? 0 : product;
    }
}
