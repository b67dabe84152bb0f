namespace Ndt.Arrays;

/// <summary>An array of an open <see cref="ArrayFile"/>: its elements stay in the file until they are asked for.</summary>
public sealed class StoredArray
{
    private readonly Func<double[]> read;

    internal StoredArray(string name, IReadOnlyList<long> shape, Func<double[]> read)
    {
        Name = name;
        Shape = shape;
        this.read = read;
    }

    /// <summary>Its name, as <see cref="NamedArray.Name"/>.</summary>
    public string Name { get; }

    /// <summary>The sizes of its dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The shape as text: <c>[160, 50]</c>.</summary>
    public string ShapeText => NamedArray.TextOf(Shape);

    /// <summary>Reads its elements, each time anew.</summary>
    /// <exception cref="InputException">The array is damaged, or of a type that is no real number; names file and array.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed, and is not a single .npy.</exception>
    public NamedArray Read() => new(Name, Shape, read());

    /// <summary>Reads it as a matrix [samples, features] in a view.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="view">One of <see cref="ArrayView.All"/>.</param>
    /// <exception cref="InputException">As of <see cref="Read"/>, or an array that is no matrix; names file and array.</exception>
    public ArrayMatrix ReadMatrix(string path, string view)
    {
        var array = Read();
        try
        {
            return ArrayView.Of(array, view);
        }
        catch (InputException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
