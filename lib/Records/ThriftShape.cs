namespace Ndt.Records;

/// <summary>Which fields a structure in Thrift's compact protocol may have, and of which type each is.</summary>
internal sealed class ThriftShape : Dictionary<int, ThriftField>
{
    /// <summary>A structure without fields.</summary>
    public static readonly ThriftShape Empty = [];

    /// <summary>Adds fields of one type.</summary>
    public void Add(ThriftType type, params ReadOnlySpan<int> fields)
    {
        foreach (var field in fields)
        {
            Add(field, new ThriftField(type));
        }
    }

    /// <summary>Adds a structure.</summary>
    public void Add(int field, ThriftShape shape) => Add(field, new ThriftField(ThriftType.Struct, Shape: shape));

    /// <summary>Adds a list of structures.</summary>
    public void AddList(int field, ThriftShape shape) => Add(field, new ThriftField(ThriftType.List, ThriftType.Struct, shape));

    /// <summary>Adds a list of plain values.</summary>
    public void AddList(int field, ThriftType items) => Add(field, new ThriftField(ThriftType.List, items));
}

/// <summary>A field's type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Items">Of a list, its items' type.</param>
/// <param name="Shape">Of a structure, or of the items of a list of them.</param>
internal sealed record ThriftField(ThriftType Type, ThriftType Items = default, ThriftShape? Shape = null);

/// <summary>Types by their numbers in the protocol. A truth value as a field is of type 1 or 2, which is its value.</summary>
internal enum ThriftType
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A truth value.</summary>
    Boolean = 1,

    /// <summary>8 bits.</summary>
    Byte = 3,

    /// <summary>16 bits.</summary>
    Int16 = 4,

    /// <summary>32 bits.</summary>
    Int32 = 5,

    /// <summary>64 bits.</summary>
    Int64 = 6,

    /// <summary>Bytes, or text.</summary>
    Binary = 8,

    /// <summary>A list.</summary>
    List = 9,

    /// <summary>A structure.</summary>
    Struct = 12,
}
