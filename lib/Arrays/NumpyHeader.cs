using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ndt.Checkpoints;

namespace Ndt.Arrays;

/// <summary>
/// The shape and the elements' type in the header of an .npy, a Python dictionary such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (160, 50), }</c>,
/// before anything is allocated for them. NumSharp reads the rest of the header.
/// </summary>
/// <param name="Shape">The sizes of the dimensions; empty for a scalar.</param>
/// <param name="Type">The elements' type as NumPy writes it, such as <c>&lt;f4</c>; <c>records</c> where each has several parts.</param>
internal sealed partial record NumpyHeader(long[] Shape, string Type)
{
    // As NumPy itself: more is refused there, too.
    private const int LongestHeader = 10_000;

    /// <summary>Why the elements are not measured; null where they are booleans, whole numbers, or real ones of at most 64 bits.</summary>
    public string? Unfit => Type.TrimStart('<', '>', '=', '|') switch
    {
        "f12" or "f16" => "an array of long doubles; doubles are measured, as astype('f8') makes them",
        ['b' or 'i' or 'u' or 'f' or '?', ..] => null,
        ['c', ..] => "an array of complex numbers; real ones are measured: save real and imaginary part, or the modulus",
        "V2" => "an array of NumPy's type V2, as which bfloat16 is saved; real numbers are measured, as astype('f4') makes them",
        _ => $"an array of NumPy's type {Type}; real numbers are measured",
    };

    /// <summary>Reads a header.</summary>
    /// <param name="stream">A stream at the start of the .npy.</param>
    /// <param name="length">How many bytes it gives.</param>
    /// <exception cref="InvalidDataException">There is none, or the bytes are fewer than the shape's elements.</exception>
    public static NumpyHeader Read(Stream stream, long length)
    {
        if (Take(stream, 8) is not [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', var version, _])
        {
            throw new InvalidDataException("it does not start as an .npy does");
        }

        var headerLength = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(Take(stream, 2)) : BinaryPrimitives.ReadUInt32LittleEndian(Take(stream, 4));
        if (headerLength > LongestHeader)
        {
            throw new InvalidDataException($"its header claims {headerLength} bytes; at most {LongestHeader} are read");
        }

        var header = Encoding.Latin1.GetString(Take(stream, (int)headerLength));
        var shape = ShapeText().Match(header);
        var sizes = shape.Groups["size"].Captures.Select(size => long.TryParse(size.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (!shape.Success || NamedTensor.CountElements(sizes) is not { } elements)
        {
            throw new InvalidDataException("its header has no shape, or one that is negative or too large");
        }

        var type = TypeText().Match(header);
        var size = int.TryParse(type.Groups["size"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 1;
        return elements <= length / Math.Max(size, 1)
            ? new NumpyHeader(sizes, type.Success ? type.Groups["type"].Value : "records")
            : throw new InvalidDataException($"its shape [{string.Join(", ", sizes)}] claims {elements} elements of {size} bytes, but the file gives {length} bytes");
    }

    private static byte[] Take(Stream stream, int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Python 2 put an L behind a whole number.
    [GeneratedRegex(@"['""]shape['""]\s*:\s*\((\s*(?<size>\d+)L?\s*(,|(?=\))))*\s*\)")]
    private static partial Regex ShapeText();

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""](?<type>[<>=|]?[a-zA-Z?](?<size>\d{0,9})(\[\w{1,9}\])?)['""]")]
    private static partial Regex TypeText();
}
