using BigGustave;

namespace Ndt.Cli.Notebooks.Checking;

/// <summary>Whether two PNG files show the same picture, however each was compressed.</summary>
internal static class PixelComparison
{
    /// <summary>The largest difference of a channel, of 255: rounding, and nothing that is seen.</summary>
    private const int Largest = 2;

    /// <summary>No figure has more; a hostile file may claim to.</summary>
    private const long MostPixels = 1L << 26;

    /// <summary>What differs; null where nothing is to be seen. What is no PNG differs.</summary>
    public static string? Difference(byte[] stored, byte[] now)
    {
        try
        {
            if (Pixels(stored) > MostPixels || Pixels(now) > MostPixels)
            {
                return "too large to compare";
            }

            var (before, after) = (Png.Open(stored), Png.Open(now));
            if ((before.Width, before.Height) != (after.Width, after.Height))
            {
                return FormattableString.Invariant($"{before.Width} × {before.Height} pixels were stored, {after.Width} × {after.Height} are shown");
            }

            var differing = 0L;
            for (var y = 0; y < before.Height; y++)
            {
                for (var x = 0; x < before.Width; x++)
                {
                    var (a, b) = (before.GetPixel(x, y), after.GetPixel(x, y));
                    differing += Math.Max(Math.Max(Math.Abs(a.R - b.R), Math.Abs(a.G - b.G)), Math.Max(Math.Abs(a.B - b.B), Math.Abs(a.A - b.A))) > Largest ? 1 : 0;
                }
            }

            return differing == 0 ? null : FormattableString.Invariant($"{differing} of {(long)before.Width * before.Height} pixels differ");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The decoder throws whatever comes to its way in a broken file.
            return "not a readable PNG";
        }
    }

    // Width and height of the header chunk, which has to be the first.
    private static long Pixels(byte[] png) =>
        (long)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(16)) * System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(20));
}
