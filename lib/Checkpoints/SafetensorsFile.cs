using System.Buffers.Binary;

namespace Ndt.Checkpoints;

/// <summary>
/// The safetensors format: eight bytes of header length, a JSON header, then the tensors' bytes without a gap. It holds tensors
/// and strings only, so a checkpoint's parts get flat names: the model's tensors keep theirs, the optimiser's become
/// <c>optimizer.state.INDEX.NAME</c>, other tensors <c>extra.NAME</c>; plain values and the parameter groups
/// (<c>optimizer.param_groups</c>, JSON) go into the metadata. The metadata entry <c>ndt.checkpoint</c> marks a file so named, and
/// <c>ndt.prefixes</c> gives other prefixes where the model has these; without the mark every tensor is the model's and every
/// metadata string stays one.
/// </summary>
public static class SafetensorsFile
{
    private const int LengthSize = sizeof(ulong);

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="InputException">The file is missing, damaged, hostile, or of another format; one line says where.</exception>
    public static Checkpoint Read(string path)
    {
        using var file = UntrustedFile.Open(path);
        return Open(file).Loaded();
    }

    /// <summary>Whether the file starts with the length of a header and the header's brace, as no text does.</summary>
    internal static bool IsSafetensors(UntrustedFile file) => file.Start(LengthSize + 1) is [_, _, _, _, 0, 0, 0, 0, (byte)'{'];

    /// <summary>The checkpoint, its tensors left in the file until they are asked for.</summary>
    internal static Checkpoint Open(UntrustedFile file)
    {
        if (file.Length < LengthSize)
        {
            throw file.Bad($"the file has {file.Length} bytes; safetensors start with {LengthSize} bytes of header length");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Read(0, LengthSize, "the header length"));
        if (length > SafetensorsHeader.MaximumLength)
        {
            throw file.Bad($"the header claims {length} bytes; at most {SafetensorsHeader.MaximumLength} are read. Is this a safetensors file?");
        }

        var header = SafetensorsHeader.Parse(file, file.Read(LengthSize, (long)length, "the header"));
        var start = LengthSize + (long)length;
        header.CheckLayout(file, file.Length - start);
        return SafetensorsLayout.Join(file, [.. header.Tensors.Select(tensor => tensor.In(file, start))], header.Metadata);
    }

    /// <summary>
    /// Writes a checkpoint, whole or not at all; equal checkpoints give equal files. The header keeps the order of the state
    /// dict, the bytes are ordered by element size, so that every tensor is aligned to its elements.
    /// </summary>
    /// <exception cref="InputException">The format cannot hold the checkpoint: two parts have the same name, one is not Unicode, or a tensor has a type that it lacks.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        CheckpointRules.Check(path, checkpoint);
        var (tensors, metadata) = SafetensorsLayout.Split(path, checkpoint);
        CheckpointRules.RefuseRepeated(path, tensors.Select(tensor => tensor.Name));
        if (tensors.FirstOrDefault(tensor => tensor.Type == ElementType.C128 || tensor.Name == SafetensorsHeader.MetadataName) is { } unfit)
        {
            throw new InputException($"{path}: not written, since safetensors has no place for the tensor {Printable.Quote(unfit.Name)} of type {unfit.TypeName}.");
        }

        var bySize = tensors.OrderByDescending(tensor => tensor.Type == ElementType.Other ? 1 : tensor.Type.Size()).ToArray();
        var header = SafetensorsHeader.Build(tensors, bySize, metadata);
        if (header.Length > SafetensorsHeader.MaximumLength)
        {
            throw new InputException($"{path}: not written, since the checkpoint's names and plain values make a header of {header.Length} bytes; at most {SafetensorsHeader.MaximumLength} are read back.");
        }

        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthSize];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in bySize)
            {
                stream.Write(tensor.Bytes.Span);
            }
        });
    }
}
