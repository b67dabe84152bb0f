namespace Ndt.Arrays;

/// <summary>An array of a file, in double precision and row-major order.</summary>
/// <param name="Name">Its name in the file: a key of an .npz, a tensor's name, the file's own name for a single array.</param>
/// <param name="Shape">The sizes of its dimensions, outermost first; empty for a scalar.</param>
/// <param name="Values">Its elements; as many as the product of the shape.</param>
public sealed record NamedArray(string Name, IReadOnlyList<long> Shape, double[] Values)
{
    /// <summary>The shape as text: <c>[160, 50]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
