namespace Ndt.Checkpoints.Pickle;

/// <summary>A storage whose bytes are known to be there, of exactly the length it claims; not read yet.</summary>
/// <param name="Bytes">Its bytes, shared by all that name it.</param>
/// <param name="Type">What the elements are.</param>
/// <param name="Elements">How many there are.</param>
internal sealed record StorageReference(StorageBytes Bytes, ElementType Type, long Elements)
{
    /// <summary>The same bytes as elements of another type; null where they do not fit.</summary>
    public StorageReference? As(ElementType type)
    {
        var length = Elements * Type.Size();
        return length % type.Size() == 0 ? new StorageReference(Bytes, type, length / type.Size()) : null;
    }
}
