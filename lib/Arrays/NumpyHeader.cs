using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ndt.Checkpoints;

namespace Ndt.Arrays;

/// <summary>
/// The shape in the header of an .npy, a Python dictionary such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (160, 50), }</c>, before anything is
/// allocated for it. What else there is in it, NumSharp reads and judges.
/// </summary>
internal static partial class NumpyHeader
{
    // As NumPy itself: more is refused there, too.
    private const int LongestHeader = 10_000;

    /// <summary>The shape.</summary>
    /// <param name="stream">A stream at the start of the .npy.</param>
    /// <param name="length">How many bytes it gives.</param>
    /// <exception cref="InvalidDataException">There is none, or the bytes are fewer than the shape's elements.</exception>
    public static long[] ShapeOf(Stream stream, long length)
    {
        var start = stream.ReadExactly(8);
        if (start is not [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', var version, _])
        {
            throw new InvalidDataException("it does not start as an .npy does");
        }

        var headerLength = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(stream.ReadExactly(2)) : BinaryPrimitives.ReadUInt32LittleEndian(stream.ReadExactly(4));
        if (headerLength > LongestHeader)
        {
            throw new InvalidDataException($"its header claims {headerLength} bytes; at most {LongestHeader} are read");
        }

        var header = Encoding.Latin1.GetString(stream.ReadExactly((int)headerLength));
        var match = Shape().Match(header);
        var sizes = match.Groups["size"].Captures.Select(size => long.TryParse(size.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (!match.Success || NamedTensor.CountElements(sizes) is not { } elements)
        {
            throw new InvalidDataException("its header has no shape, or one that is negative or too large");
        }

        var size = int.TryParse(ElementSize().Match(header).Groups["size"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 1;
        return elements <= length / Math.Max(size, 1)
            ? sizes
            : throw new InvalidDataException($"its shape [{string.Join(", ", sizes)}] claims {elements} elements of {size} bytes, but the file gives {length} bytes");
    }

    private static byte[] ReadExactly(this Stream stream, int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Python 2 put an L behind a whole number.
    [GeneratedRegex(@"['""]shape['""]\s*:\s*\((\s*(?<size>\d+)L?\s*(,|(?=\))))*\s*\)")]
    private static partial Regex Shape();

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""][<>=|]?[a-zA-Z](?<size>\d{1,4})['""]")]
    private static partial Regex ElementSize();
}
