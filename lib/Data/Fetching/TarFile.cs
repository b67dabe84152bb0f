using System.Globalization;
using System.Text;

namespace Ndt.Data.Fetching;

/// <summary>Takes one file out of a tar archive that nobody vouches for.</summary>
/// <remarks>
/// .NET's reader allocates what an entry's long name or extended header claims to be, up to two gigabytes, before it has seen any of it. Here such entries are passed over: names that
/// need them are not looked for. Layout: POSIX.1-2017, pax, "ustar Interchange Format".
/// </remarks>
internal static class TarFile
{
    private const int Block = 512;
    private const byte Regular = (byte)'0', OldRegular = 0;

    /// <summary>
    /// Goes to the content of the regular file <paramref name="name"/> and returns its length; null where the archive holds none. Throws <see cref="InvalidDataException"/> where it is damaged,
    /// <see cref="EndOfStreamException"/> where it is cut off.
    /// </summary>
    public static long? Find(Stream tar, string name)
    {
        var header = new byte[Block];
        while (tar.ReadAtLeast(header, Block, throwOnEndOfStream: false) == Block && header.AsSpan().ContainsAnyExcept((byte)0))
        {
            var length = Length(header.AsSpan(124, 12));
            if (header[156] is Regular or OldRegular && Name(header) == name)
            {
                return length;
            }

            for (var left = (length + Block - 1) / Block; left > 0; left--)
            {
                tar.ReadExactly(header);
            }
        }

        return null;
    }

    /// <summary>Copies the content; throws <see cref="EndOfStreamException"/> where it is cut off.</summary>
    public static void CopyContent(Stream tar, Stream target, long length)
    {
        var buffer = new byte[Block];
        for (var left = length; left > 0; left -= buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            tar.ReadExactly(part);
            target.Write(part);
        }
    }

    private static long Length(ReadOnlySpan<byte> field)
    {
        var text = Text(field).Trim();
        return text.All(c => c is >= '0' and <= '7') && text.Length is > 0 and <= 11
            ? Convert.ToInt64(text, 8)
            : throw new InvalidDataException($"an entry's length is {Printable.Quote(text)}; an octal number is expected");
    }

    private static string Name(ReadOnlySpan<byte> header)
    {
        var prefix = header.Slice(257, 5).SequenceEqual("ustar"u8) ? Text(header.Slice(345, 155)) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{(prefix.Length > 0 ? "/" : "")}{Text(header[..100])}");
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.Latin1.GetString(field[..(field.IndexOf((byte)0) is >= 0 and var end ? end : field.Length)]);
}
