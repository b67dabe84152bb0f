using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>The classes that occur among a probe set's labels, and which example is of which.</summary>
/// <param name="Numbers">The classes as the labels number them, ascending.</param>
/// <param name="Index">For each example [n] the place of its class in <paramref name="Numbers"/>.</param>
/// <param name="Counts">Examples of each class, at least 1.</param>
internal sealed record ProbeClasses(long[] Numbers, int[] Index, int[] Counts)
{
    /// <summary>The number of classes that occur.</summary>
    public int Count => Numbers.Length;

    /// <summary>Of labels [n], whole numbers of any type on any device.</summary>
    public static ProbeClasses Of(Tensor labels)
    {
        using var scope = NewDisposeScope();
        var numbers = labels.to(ScalarType.Int64).cpu().contiguous();
        return Of(MemoryMarshal.Cast<byte, long>(numbers.bytes));
    }

    /// <summary>Of labels as whole numbers.</summary>
    public static ProbeClasses Of(ReadOnlySpan<long> labels)
    {
        var numbers = new SortedSet<long>(labels.ToArray()).ToArray();
        var index = new int[labels.Length];
        var counts = new int[numbers.Length];
        for (var i = 0; i < index.Length; i++)
        {
            index[i] = Array.BinarySearch(numbers, labels[i]);
            counts[index[i]]++;
        }

        return new ProbeClasses(numbers, index, counts);
    }

    /// <summary>Each class with the examples that are of it, in order.</summary>
    public IEnumerable<(long Number, long[] Rows)> Rows() =>
        Numbers.Select((number, place) => (number, Enumerable.Range(0, Index.Length).Where(i => Index[i] == place).Select(i => (long)i).ToArray()));
}
