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
