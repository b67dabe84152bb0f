using System.Buffers.Binary;

namespace Ndt.Tests.Fuzzing;

/// <summary>Changes to a file's bytes, the way damage and malice make them. The same generator gives the same file.</summary>
internal static class Mutation
{
    private const int MostChanges = 4;
    private const int LongestRepeat = 1 << 15;

    private static readonly long[] Numbers =
        [0, 1, -1, 2, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 33, 1L << 60, long.MaxValue, long.MinValue];

    /// <summary>One to four changes: cut off, prolonged, bits and bytes flipped, blocks swapped, doubled, removed or repeated a thousand times, numbers put in a field's place.</summary>
    public static byte[] OfBytes(byte[] original, Random random)
    {
        var bytes = original;
        for (var changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            bytes = Change(bytes, random);
        }

        return ReferenceEquals(bytes, original) ? (byte[])original.Clone() : bytes;
    }

    /// <summary>As above, but only the last <paramref name="length"/> bytes are changed.</summary>
    public static byte[] OfEnd(byte[] original, int length, Random random)
    {
        var start = Math.Max(0, original.Length - length);
        return [.. original[..start], .. OfBytes(original[start..], random)];
    }

    /// <summary>Every beginning of a file, a step apart, without the whole.</summary>
    public static IEnumerable<byte[]> Cuts(byte[] whole, int step)
    {
        for (var length = 0; length < whole.Length; length += step)
        {
            yield return whole[..length];
        }
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        var at = random.Next(bytes.Length);
        var length = Math.Min(1 + random.Next(random.Next(2) == 0 ? 8 : 64), bytes.Length - at);
        var block = bytes.AsSpan(at, length).ToArray();
        switch (random.Next(12))
        {
            case 0:
                return bytes[..at];
            case 1:
                var more = new byte[length];
                random.NextBytes(more);
                return [.. bytes, .. more];
            case 2 or 3:
                return With(bytes, at, [(byte)(bytes[at] ^ (1 << random.Next(8)))]);
            case 4:
                return With(bytes, at, [random.Next(3) switch { 0 => (byte)0, 1 => byte.MaxValue, _ => (byte)random.Next(256) }]);
            case 5:
                // Two blocks change places.
                var other = random.Next(bytes.Length - length + 1);
                return With(With(bytes, at, bytes[other..(other + length)]), other, block);
            case 6:
                return Insert(bytes, random.Next(bytes.Length + 1), block);
            case 7:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 8 or 9 or 10:
                return With(bytes, at, Number(random));
            default:
                var times = random.Next(1, LongestRepeat / length);
                return Insert(bytes, at, [.. Enumerable.Repeat(block, times).SelectMany(part => part)]);
        }
    }

    /// <summary>A number that programs stumble over, of 2, 4 or 8 bytes in either order.</summary>
    private static byte[] Number(Random random)
    {
        var number = Numbers[random.Next(Numbers.Length)];
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        bytes = bytes[..(2 << random.Next(3))];
        if (random.Next(2) == 0)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private static byte[] With(byte[] bytes, int at, byte[] patch)
    {
        var changed = (byte[])bytes.Clone();
        patch.AsSpan(0, Math.Min(patch.Length, changed.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }

    private static byte[] Insert(byte[] bytes, int at, byte[] block) => [.. bytes[..at], .. block, .. bytes[at..]];
}
