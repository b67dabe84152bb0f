namespace Ndt.Checkpoints.Pickle;

/// <summary>A <c>numpy.ndarray</c> as pickled: empty until its state has come.</summary>
/// <param name="vocabulary">Counts what is copied.</param>
internal sealed class NumPyArray(TensorVocabulary vocabulary)
{
    /// <summary>The array, or null where its elements are none of ours.</summary>
    public TensorReference? Tensor { get; private set; }

    /// <summary>What it is where it has no <see cref="Tensor"/>.</summary>
    public string Kind { get; private set; } = "numpy.ndarray";

    /// <summary>Takes the state: ([version,] shape, dtype, whether columns come first, bytes).</summary>
    public void Build(object? state)
    {
        if (state is object?[] { Length: 4 or 5 } parts && parts[^4] is object?[] shape && parts[^3] is NumPyDtype dtype && parts[^2] is bool isColumnMajor)
        {
            Set(parts[^1], dtype, shape, isColumnMajor);
        }
    }

    public void Set(object? content, NumPyDtype dtype, object?[] shape, bool isColumnMajor)
    {
        Kind = $"an array of {dtype}";
        vocabulary.Charge((content as byte[])?.Length ?? (content as string)?.Length ?? 0);
        var bytes = content as byte[] ?? (content is string text ? TensorVocabulary.Latin1(text) : null);
        if (dtype.Type is { } type && bytes is not null && shape.Length <= TensorReference.MaximumDimensions && Array.TrueForAll(shape, size => size is long)
            && NamedTensor.CountElements(Array.ConvertAll(shape, size => (long)size!)) is { } elements && elements == bytes.Length / type.Size() && bytes.Length % type.Size() == 0)
        {
            var little = dtype.LittleEndian(bytes);
            Tensor = TensorReference.Of(new StorageReference(new StorageBytes(() => little), type, elements), Array.ConvertAll(shape, size => (long)size!), isColumnMajor);
        }
    }
}
