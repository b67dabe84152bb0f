using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>Which examples belong to which class.</summary>
internal static class ClassRows
{
    /// <summary>The classes of labels [n] that occur, ascending, each with its examples.</summary>
    public static IEnumerable<(int Class, long[] Rows)> Of(Tensor labels)
    {
        using var scope = NewDisposeScope();
        var numbers = labels.to(ScalarType.Int64).cpu().contiguous();
        var classes = MemoryMarshal.Cast<byte, long>(numbers.bytes).ToArray();
        return classes
            .Select((number, row) => (Class: (int)number, Row: (long)row))
            .GroupBy(pair => pair.Class)
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Select(pair => pair.Row).ToArray()));
    }
}
