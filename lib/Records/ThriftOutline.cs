namespace Ndt.Records;

/// <summary>
/// Goes over a structure in Thrift's compact protocol (the form of Parquet's metadata) without building anything of it, and tells whether it has the shape expected and what it
/// claims can be there.
/// </summary>
/// <remarks>
/// The Parquet library believes a list's or a text's length before it has seen its content, takes a field for what its number says whatever its type is, and goes into unknown
/// structures by recursion: a file of a few bytes could take gigabytes, and one of a megabyte end the process with a full stack. What this has passed over can do neither. The
/// protocol: Apache Thrift, doc/specs/thrift-compact-protocol.md.
/// </remarks>
internal ref struct ThriftOutline(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Where the next structure starts.</summary>
    public int Position { get; private set; }

    /// <summary>
    /// Goes to the end of the structure that starts here. Of its whole numbers, each whose field's number is an index of <paramref name="numbers"/> is put there; of a structure in it,
    /// the whole number of its first field is, in the place of the structure's. Throws <see cref="InvalidDataException"/> where the bytes are no structure of that shape.
    /// </summary>
    public void Pass(ThriftShape shape, scoped Span<long> numbers)
    {
        Span<long> inner = stackalloc long[2];
        for (long number = 0; ;)
        {
            var head = Take(1)[0];
            var type = head & 0x0F;
            if (head == 0)
            {
                return;
            }

            number = head >> 4 is > 0 and var delta ? number + delta : Signed(Varint());
            if (number is < 0 or > short.MaxValue || !shape.TryGetValue((int)number, out var field) || (type == 2 ? (int)ThriftType.Boolean : type) != (int)field.Type)
            {
                throw new InvalidDataException($"its metadata has a field {number} of type {type}, which a record's does not have there");
            }

            switch (field.Type)
            {
                case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                    Note(numbers, number, Signed(Varint()));
                    break;
                case ThriftType.Struct:
                    inner.Clear();
                    Pass(field.Shape!, inner);
                    Note(numbers, number, inner[1]);
                    break;
                case ThriftType.List:
                    PassList(field);
                    break;
                case ThriftType.Boolean:
                    // The type has said which.
                    break;
                default:
                    PassItem(field.Type, null);
                    break;
            }
        }
    }

    private void PassList(ThriftField list)
    {
        var head = Take(1)[0];
        var count = head >> 4 is < 15 and var few ? (ulong)few : Varint();
        if ((head & 0x0F) != (int)list.Items)
        {
            throw new InvalidDataException($"its metadata has a list of type {head & 0x0F} where a record's has one of {(int)list.Items}");
        }

        // Each item takes a byte at least.
        if (count > (ulong)(bytes.Length - Position))
        {
            throw new InvalidDataException($"its metadata claims {count} items where {bytes.Length - Position} bytes follow");
        }

        for (ulong i = 0; i < count; i++)
        {
            PassItem(list.Items, list.Shape);
        }
    }

    private void PassItem(ThriftType type, ThriftShape? shape)
    {
        switch (type)
        {
            case ThriftType.Byte: Take(1); break;
            case ThriftType.Binary: Take(Varint()); break;
            case ThriftType.Struct: Pass(shape!, []); break;
            default: Varint(); break;
        }
    }

    private static void Note(scoped Span<long> numbers, long field, long value)
    {
        if (field < numbers.Length)
        {
            numbers[(int)field] = value;
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
