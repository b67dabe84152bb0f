namespace Ndt.Records;

/// <summary>
/// Goes over a structure in Thrift's compact protocol (the form of Parquet's metadata) without building anything of it, and tells whether what it claims can be there.
/// </summary>
/// <remarks>
/// The Parquet library believes a list's length before it has seen its items, and goes into nested structures by recursion: a file of a few bytes could take
/// gigabytes, and one of a megabyte end the process with a full stack. What this has passed over can do neither. The protocol:
/// Apache Thrift, doc/specs/thrift-compact-protocol.md.
/// </remarks>
internal ref struct ThriftOutline(ReadOnlySpan<byte> bytes)
{
    // Parquet's own metadata goes seven deep.
    private const int MaximumDepth = 24;

    private const int Double = 7, Binary = 8, List = 9, Set = 10, Map = 11, Struct = 12;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Where the next structure starts.</summary>
    public int Position { get; private set; }

    /// <summary>
    /// Goes to the end of the structure that starts here. Of its whole numbers, each whose field's number is an index of <paramref name="numbers"/> is put there; of a structure in it,
    /// the whole number of its first field is, in the place of the structure's. Throws <see cref="InvalidDataException"/> where the bytes are no such structure.
    /// </summary>
    public void Pass(scoped Span<long> numbers) => PassStruct(numbers, depth: 0);

    private void PassStruct(scoped Span<long> numbers, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidDataException($"its metadata is nested more than {MaximumDepth} deep");
        }

        Span<long> inner = stackalloc long[2];
        for (long field = 0; ;)
        {
            var head = Take(1)[0];
            var type = head & 0x0F;
            if (type == 0)
            {
                return;
            }

            field = head >> 4 is > 0 and var delta ? field + delta : Signed(Varint());
            if (type is 4 or 5 or 6)
            {
                var value = Signed(Varint());
                if (field >= 0 && field < numbers.Length)
                {
                    numbers[(int)field] = value;
                }
            }
            else if (type == Struct && field >= 0 && field < numbers.Length)
            {
                inner.Clear();
                PassStruct(inner, depth + 1);
                numbers[(int)field] = inner[1];
            }
            else if (type > 2)
            {
                PassValue(type, depth);
            }
        }
    }

    private void PassValue(int type, int depth)
    {
        switch (type)
        {
            // A truth value takes a byte in a list, and none as a field.
            case 1 or 2 or 3: Take(1); break;
            case 4 or 5 or 6: Varint(); break;
            case Double: Take(sizeof(double)); break;
            case Binary: Take(Varint()); break;
            case List or Set: PassList(depth); break;
            case Map: PassMap(depth); break;
            case Struct: PassStruct([], depth + 1); break;
            default: throw new InvalidDataException($"its metadata holds a value of the unknown type {type}");
        }
    }

    private void PassList(int depth)
    {
        var head = Take(1)[0];
        var count = head >> 4 is < 15 and var few ? (ulong)few : Varint();
        PassMany(count, depth, head & 0x0F);
    }

    private void PassMap(int depth)
    {
        var count = Varint();
        if (count > 0)
        {
            var types = Take(1)[0];
            PassMany(count, depth, types >> 4, types & 0x0F);
        }
    }

    private void PassMany(ulong count, int depth, params ReadOnlySpan<int> types)
    {
        // Each item takes a byte at least.
        if (count > (ulong)(bytes.Length - Position))
        {
            throw new InvalidDataException($"its metadata claims {count} items where {bytes.Length - Position} bytes follow");
        }

        if (depth >= MaximumDepth)
        {
            throw new InvalidDataException($"its metadata is nested more than {MaximumDepth} deep");
        }

        for (ulong i = 0; i < count; i++)
        {
            foreach (var type in types)
            {
                PassValue(type, depth + 1);
            }
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
