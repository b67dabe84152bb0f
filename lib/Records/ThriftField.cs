namespace Ndt.Records;

/// <summary>What a field of a structure in Thrift's compact protocol may hold.</summary>
/// <param name="Type">The type.</param>
/// <param name="Items">Of a list, its items' type.</param>
/// <param name="Shape">Of a structure, or of the items of a list of them.</param>
internal sealed record ThriftField(ThriftType Type, ThriftType Items = default, ThriftShape? Shape = null);
