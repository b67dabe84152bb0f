namespace Ndt.Records;

/// <summary>Types of Thrift's compact protocol by their numbers. A truth value as a field is of type 1 or 2, which is its value.</summary>
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
