namespace Ndt.Checkpoints.Pickle;

/// <summary>A <c>numpy.dtype</c> as pickled: its kind and size, and the order of bytes that its state names.</summary>
internal sealed class NumPyDtype(string code)
{
    private bool isBigEndian;
    private bool isStructured;

    /// <summary>The type of the elements, or null where it is none of ours, such as texts, times or records.</summary>
    public ElementType? Type => isStructured ? null : ElementTypes.FromNumPyName(code.TrimStart('<', '>', '=', '|'));

    public override string ToString() => $"numpy.dtype {code}";

    /// <summary>Takes the state: (version, order of bytes, subtype, names, …).</summary>
    public void Build(object? state)
    {
        if (state is object?[] parts && parts.Length >= 4)
        {
            isBigEndian = parts[1] is ">";
            isStructured = parts[2] is not null || parts[3] is not null;
        }
    }

    /// <summary>Elements in our order of bytes: those given where they are so.</summary>
    public byte[] LittleEndian(byte[] bytes)
    {
        if (Type is not { } type || !(isBigEndian || code[0] == '>'))
        {
            return bytes;
        }

        // A complex number is two numbers.
        var size = type is ElementType.C64 or ElementType.C128 ? type.Size() / 2 : type.Size();
        var swapped = (byte[])bytes.Clone();
        for (var at = 0; at + size <= swapped.Length; at += size)
        {
            Array.Reverse(swapped, at, size);
        }

        return swapped;
    }
}
