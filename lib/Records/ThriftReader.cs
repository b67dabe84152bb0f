namespace Ndt.Records;

/// <summary>Reads structures of Thrift's compact protocol (doc/specs/thrift-compact-protocol.md) that nobody vouches for. Throws <see cref="InvalidDataException"/> where there are none.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 32;
    private const int Int32 = 5, Int64 = 6;
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int depth;

    /// <summary>Where the next value starts.</summary>
    public int Position { get; private set; }

    /// <summary>The structure that starts here.</summary>
    public ThriftStruct Struct()
    {
        Enter();

        var fields = new ThriftStruct();
        for (long field = 0; Take(1)[0] is var head && (head & 0x0F) != 0;)
        {
            field = (short)(head >> 4 is > 0 and var step ? field + step : Signed(Varint()));
            var type = head & 0x0F;
            fields[((int)field, type)] = type is 1 or 2 ? null : Value(type);
        }

        depth--;
        return fields;
    }

    // Of lists only those of structures are kept; a truth value takes a byte in a list, and none as a field.
    private object? Value(int type)
    {
        switch (type)
        {
            case 1 or 2 or 3: Take(1); return null;
            case 4: Varint(); return null;
            case Int32 or Int64: return Signed(Varint());
            case 7: Take(8); return null;
            case 8: Take(Varint()); return null;
            case 9 or 10: return List();
            case 12: return Struct();
            default: throw new InvalidDataException($"its metadata has a value of type {type}");
        }
    }

    private List<ThriftStruct> List()
    {
        Enter();

        var head = Take(1)[0];
        var count = head >> 4 is < 15 and var few ? (ulong)few : Varint();
        var items = new List<ThriftStruct>();
        for (ulong i = 0; i < count; i++)
        {
            // Each item takes a byte at least, so that a count beyond the bytes ends soon.
            if (Value(head & 0x0F) is ThriftStruct item)
            {
                items.Add(item);
            }
        }

        depth--;
        return items;
    }

    private void Enter()
    {
        if (++depth > Deepest)
        {
            throw new InvalidDataException($"its metadata is nested more than {Deepest} deep");
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("its metadata holds a number of more than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - Position))
        {
            throw new InvalidDataException($"its metadata claims {count} bytes where {bytes.Length - Position} follow");
        }

        Position += (int)count;
        return bytes.Slice(Position - (int)count, (int)count);
    }

    private static long Signed(ulong zigzag) => (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
}
