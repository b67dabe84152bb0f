using NumSharp;

namespace Ndt.Arrays;

/// <summary>
/// NumPy's files: one array (.npy) or several by name (.npz, compressed or not), in C or Fortran order and either byte order. Numbers and booleans are
/// read; complex numbers, texts, records and objects are refused, and nothing in a file is run.
/// </summary>
internal static class NumpyFile
{
    /// <summary>The array of an .npy.</summary>
    public static NamedArray ReadSingle(string path, string name) => Guarded(path, name, () => (NDArray)np.load(path));

    /// <summary>The arrays of an .npz in the file's order, one in memory at a time.</summary>
    public static IEnumerable<NamedArray> ReadArchive(string path)
    {
        using var archive = Guard(path, null, () => np.load_npz(path));
        foreach (var name in archive.Files)
        {
            yield return Guarded(path, name, () => archive[name]);
        }
    }

    private static NamedArray Guarded(string path, string name, Func<NDArray> load) => Guard(path, name, () =>
    {
        using var array = load();
        if (array.dtype == typeof(System.Numerics.Complex))
        {
            throw new NotSupportedException("its elements are complex; real numbers are needed: measure real and imaginary part, or the modulus");
        }

        // NumSharp keeps elements outside the managed heap: given back at once, not when the collector finds out.
        using var doubles = array.astype(NPTypeCode.Double);
        return new NamedArray(name, array.shape, doubles.ToArray<double>());
    });

    // Whatever NumSharp finds wrong with a file, it says by some exception of its own choice.
    private static T Guard<T>(string path, string? name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OutOfMemoryException e)
        {
            throw new InputException($"{Place(path, name)}: claims more elements than memory holds", e);
        }
        catch (Exception e) when (e is not InputException)
        {
            throw new InputException($"{Place(path, name)}: cannot be read as a NumPy array: {e.Message}", e);
        }
    }

    private static string Place(string path, string? name) => name is null ? path : $"{path}: {Printable.Quote(name)}";
}
