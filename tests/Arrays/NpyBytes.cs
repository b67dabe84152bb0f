using System.Text;

namespace Ndt.Tests.Arrays;

/// <summary>Files as NumPy writes them (numpy.lib.format, version 1.0), byte by byte.</summary>
internal static class NpyBytes
{
    /// <summary>A file of elements that are already bytes.</summary>
    public static byte[] Of(string descr, string shape, ReadOnlySpan<byte> elements, bool fortran = false) =>
        [.. Header($"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}"), .. elements];

    /// <summary>A C-ordered array of doubles.</summary>
    public static byte[] Doubles(string shape, params double[] values) => Of("<f8", shape, Bytes(values));

    /// <summary>Doubles as bytes.</summary>
    public static byte[] Bytes(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Header(string text)
    {
        var padded = text.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, (byte)(padded.Length >> 8), .. Encoding.ASCII.GetBytes(padded)];
    }
}
