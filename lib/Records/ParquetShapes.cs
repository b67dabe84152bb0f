namespace Ndt.Records;

/// <summary>The structures of Parquet's metadata (parquet.thrift), as far as a record of numbers and names has them: neither encryption, nor times, nor nested columns.</summary>
internal static class ParquetShapes
{
    private static readonly ThriftShape KeyValue = new() { { ThriftType.Binary, 1, 2 } };

    private static readonly ThriftShape Statistics = new() { { ThriftType.Binary, 1, 2, 5, 6 }, { ThriftType.Int64, 3, 4 }, { ThriftType.Boolean, 7, 8 } };

    /// <summary>A page's header.</summary>
    public static ThriftShape PageHeader { get; } = new()
    {
        { ThriftType.Int32, 1, 2, 3, 4 },
        { 5, new ThriftShape { { ThriftType.Int32, 1, 2, 3, 4 }, { 5, Statistics } } },
        { 6, ThriftShape.Empty },
        { 7, new ThriftShape { { ThriftType.Int32, 1, 2 }, { ThriftType.Boolean, 3 } } },
        { 8, new ThriftShape { { ThriftType.Int32, 1, 2, 3, 4, 5, 6 }, { ThriftType.Boolean, 7 }, { 8, Statistics } } },
    };

    /// <summary>The metadata at a file's end.</summary>
    public static ThriftShape FileMetaData { get; } = OfFile();

    private static ThriftShape OfFile()
    {
        var shape = new ThriftShape { { ThriftType.Int32, 1 }, { ThriftType.Int64, 3 }, { ThriftType.Binary, 6 } };
        shape.AddList(2, OfSchemaElement());
        shape.AddList(4, OfRowGroup());
        shape.AddList(5, KeyValue);
        shape.AddList(7, new ThriftShape { { 1, ThriftShape.Empty } });
        return shape;
    }

    private static ThriftShape OfSchemaElement() => new()
    {
        { ThriftType.Int32, 1, 2, 3, 5, 6, 7, 8, 9 },
        { ThriftType.Binary, 4 },

        // Of the logical types, text, decimal number, whole number and the unknown one.
        {
            10, new ThriftShape
            {
                { 1, ThriftShape.Empty },
                { 5, new ThriftShape { { ThriftType.Int32, 1, 2 } } },
                { 10, new ThriftShape { { ThriftType.Byte, 1 }, { ThriftType.Boolean, 2 } } },
                { 11, ThriftShape.Empty },
            }
        },
    };

    private static ThriftShape OfRowGroup()
    {
        var shape = new ThriftShape { { ThriftType.Int64, 2, 3, 5, 6 }, { ThriftType.Int16, 7 } };
        shape.AddList(1, new ThriftShape { { ThriftType.Binary, 1 }, { ThriftType.Int64, 2, 4, 6 }, { ThriftType.Int32, 5, 7 }, { 3, OfColumn() } });
        shape.AddList(4, new ThriftShape { { ThriftType.Int32, 1 }, { ThriftType.Boolean, 2, 3 } });
        return shape;
    }

    private static ThriftShape OfColumn()
    {
        var sizes = new ThriftShape { { ThriftType.Int64, 1 } };
        sizes.AddList(2, ThriftType.Int64);
        sizes.AddList(3, ThriftType.Int64);
        var shape = new ThriftShape { { ThriftType.Int32, 1, 4, 15 }, { ThriftType.Int64, 5, 6, 7, 9, 10, 11, 14 }, { 12, Statistics }, { 16, sizes } };
        shape.AddList(2, ThriftType.Int32);
        shape.AddList(3, ThriftType.Binary);
        shape.AddList(8, KeyValue);
        shape.AddList(13, new ThriftShape { { ThriftType.Int32, 1, 2, 3 } });
        return shape;
    }
}
