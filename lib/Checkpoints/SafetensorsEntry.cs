using System.Collections.Immutable;

namespace Ndt.Checkpoints;

/// <summary>
/// One tensor of a safetensors header: its bytes lie from <paramref name="Begin"/> up to <paramref name="End"/> after the header. Its
/// <paramref name="Type"/> is <see cref="ElementType.Other"/> where <paramref name="TypeName"/> is none of ours.
/// </summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, string TypeName, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>The tensor with its bytes.</summary>
    public NamedTensor With(byte[] bytes) =>
        Type == ElementType.Other ? NamedTensor.OfOtherType(Name, TypeName, Shape, bytes) : new NamedTensor(Name, Type, Shape, bytes);
}
