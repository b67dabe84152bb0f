namespace Ndt.Checkpoints;

/// <summary>The sizes of <see cref="ElementType"/> and its names in the two formats and in NumPy's.</summary>
public static class ElementTypes
{
    // PyTorch has no storage class for the types it added since 2.1: their tensors name a dtype over plain bytes.
    private static readonly Row[] Table =
    [
        new(ElementType.F64, 8, "F64", "DoubleStorage", "float64", "f8"),
        new(ElementType.F32, 4, "F32", "FloatStorage", "float32", "f4"),
        new(ElementType.F16, 2, "F16", "HalfStorage", "float16", "f2"),
        new(ElementType.BF16, 2, "BF16", "BFloat16Storage", "bfloat16", null),
        new(ElementType.I64, 8, "I64", "LongStorage", "int64", "i8"),
        new(ElementType.I32, 4, "I32", "IntStorage", "int32", "i4"),
        new(ElementType.I16, 2, "I16", "ShortStorage", "int16", "i2"),
        new(ElementType.I8, 1, "I8", "CharStorage", "int8", "i1"),
        new(ElementType.U8, 1, "U8", "ByteStorage", "uint8", "u1"),
        new(ElementType.Bool, 1, "BOOL", "BoolStorage", "bool", "b1"),
        new(ElementType.U16, 2, "U16", null, "uint16", "u2"),
        new(ElementType.U32, 4, "U32", null, "uint32", "u4"),
        new(ElementType.U64, 8, "U64", null, "uint64", "u8"),
        new(ElementType.F8E5M2, 1, "F8_E5M2", null, "float8_e5m2", null),
        new(ElementType.F8E4M3, 1, "F8_E4M3", null, "float8_e4m3fn", null),
        new(ElementType.C64, 8, "C64", "ComplexFloatStorage", "complex64", "c8"),
        new(ElementType.C128, 16, "C128", "ComplexDoubleStorage", "complex128", "c16"),
    ];

    /// <summary>Bytes per element, from 1 to 16.</summary>
    /// <exception cref="ArgumentException"><see cref="ElementType.Other"/>: nobody knows.</exception>
    public static int Size(this ElementType type) => RowOf(type).Size;

    /// <summary>The safetensors name, such as <c>F32</c> or <c>BOOL</c>.</summary>
    /// <exception cref="ArgumentException"><see cref="ElementType.Other"/>: it is <see cref="NamedTensor.TypeName"/>.</exception>
    public static string Name(this ElementType type) => RowOf(type).Safetensors;

    /// <summary>Whether elements convert to a double, as all but complex and unknown ones do.</summary>
    public static bool IsReal(this ElementType type) => type is not (ElementType.C64 or ElementType.C128 or ElementType.Other);

    /// <summary>The class of PyTorch's module <c>torch</c> that stores such elements, such as <c>FloatStorage</c>; null where it has none.</summary>
    internal static string? StorageName(this ElementType type) => RowOf(type).Storage;

    /// <summary>PyTorch's dtype, such as <c>float32</c>.</summary>
    internal static string DtypeName(this ElementType type) => RowOf(type).Dtype;

    /// <summary>The type of that safetensors name, or null.</summary>
    internal static ElementType? FromName(string name) => Find(row => row.Safetensors == name);

    /// <summary>The type held by that class of module <c>torch</c>, or null.</summary>
    internal static ElementType? FromStorageName(string name) => Find(row => row.Storage == name);

    /// <summary>The type that PyTorch calls <c>torch.NAME</c>, or null.</summary>
    internal static ElementType? FromDtypeName(string name) => Find(row => row.Dtype == name);

    /// <summary>The type of NumPy's kind and size, such as <c>f4</c>, or null.</summary>
    internal static ElementType? FromNumPyName(string name) => Find(row => row.NumPy == name);

    /// <summary>Whether a <typeparamref name="T"/> has the layout of one element; BF16 and the types of 8 bits have no .NET type and are read by <see cref="NamedTensor.ToDoubles"/>.</summary>
    internal static bool IsHeldBy<T>(this ElementType type) => type switch
    {
        ElementType.F64 => typeof(T) == typeof(double),
        ElementType.F32 => typeof(T) == typeof(float),
        ElementType.F16 => typeof(T) == typeof(Half),
        ElementType.I64 => typeof(T) == typeof(long),
        ElementType.I32 => typeof(T) == typeof(int),
        ElementType.I16 => typeof(T) == typeof(short),
        ElementType.I8 => typeof(T) == typeof(sbyte),
        ElementType.U8 or ElementType.Bool => typeof(T) == typeof(byte),
        ElementType.U16 => typeof(T) == typeof(ushort),
        ElementType.U32 => typeof(T) == typeof(uint),
        ElementType.U64 => typeof(T) == typeof(ulong),
        _ => false,
    };

    private static Row RowOf(ElementType type) =>
        type != ElementType.Other ? Table[(int)type] : throw new ArgumentException("Elements of another type have neither a known size nor a name of their own.", nameof(type));

    private static ElementType? Find(Predicate<Row> matches)
    {
        var at = Array.FindIndex(Table, matches);
        return at < 0 ? null : Table[at].Type;
    }

    private sealed record Row(ElementType Type, int Size, string Safetensors, string? Storage, string Dtype, string? NumPy);
}
