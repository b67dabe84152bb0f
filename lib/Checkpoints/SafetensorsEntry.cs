using System.Collections.Immutable;

namespace Ndt.Checkpoints;

/// <summary>
/// One tensor of a safetensors header: its bytes lie from <paramref name="Begin"/> up to <paramref name="End"/> after the header. Its
/// <paramref name="Type"/> is <see cref="ElementType.Other"/> where <paramref name="TypeName"/> is none of ours.
/// </summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, string TypeName, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>The tensor in its file, where the bytes of tensors begin at <paramref name="start"/>.</summary>
    public NamedTensor In(UntrustedFile file, long start) =>
        NamedTensor.InFile(Name, Type, TypeName, Shape, () => file.Read(start + Begin, End - Begin, Printable.Quote(Name)));
}
