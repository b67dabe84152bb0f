using System.Runtime.InteropServices;

namespace Ndt.Models.Products;

/// <summary>Memory on a cache line's boundary that one thread uses again and again: what it held is gone when the same thread next asks for it. Freed when its thread is.</summary>
internal sealed unsafe class Scratch
{
    private const nuint CacheLine = 64;

    [ThreadStatic]
    private static Scratch? panel;

    [ThreadStatic]
    private static Scratch? pass;

    [ThreadStatic]
    private static Scratch? head;

    private float* memory;
    private nint length;

    private Scratch()
    {
    }

    ~Scratch() => NativeMemory.AlignedFree(memory);

    /// <summary>Room for a product's packed panel and edge tiles.</summary>
    public static float* Panel(nint values) => (panel ??= new Scratch()).AtLeast(values);

    /// <summary>Room for what one pass through a layer keeps between its products.</summary>
    public static float* Pass(nint values) => (pass ??= new Scratch()).AtLeast(values);

    /// <summary>Room for one attention head's probabilities.</summary>
    public static float* Head(nint values) => (head ??= new Scratch()).AtLeast(values);

    private float* AtLeast(nint values)
    {
        if (values > length)
        {
            NativeMemory.AlignedFree(memory);
            memory = null;
            memory = (float*)NativeMemory.AlignedAlloc(checked((nuint)values * sizeof(float)), CacheLine);
            length = values;
        }

        return memory;
    }
}
