namespace Ndt.Records;

/// <summary>A structure's fields by number and type; of another type than asked for, a field is passed over, as Thrift's own readers do.</summary>
internal sealed class ThriftStruct : Dictionary<(int Field, int Type), object?>
{
    /// <summary>A whole number; 0 for none.</summary>
    public int Int32(int field) => unchecked((int)(this.GetValueOrDefault((field, 5)) as long? ?? 0));

    /// <inheritdoc cref="Int32"/>
    public long Int64(int field) => this.GetValueOrDefault((field, 6)) as long? ?? 0;

    /// <summary>A structure; an empty one for none.</summary>
    public ThriftStruct Struct(int field) => this.GetValueOrDefault((field, 12)) as ThriftStruct ?? [];

    /// <summary>A list's structures; none where there is no list.</summary>
    public IReadOnlyList<ThriftStruct> List(int field) => this.GetValueOrDefault((field, 9)) as IReadOnlyList<ThriftStruct> ?? [];
}
