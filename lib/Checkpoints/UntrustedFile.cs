namespace Ndt.Checkpoints;

/// <summary>A file that nobody vouches for: every read is checked against its length before anything is allocated.</summary>
internal sealed class UntrustedFile : IDisposable
{
    private readonly FileStream stream;
    private readonly List<UntrustedFile> others = [];

    private UntrustedFile(string path, FileStream stream)
    {
        Path = path;
        this.stream = stream;
        Length = stream.Length;
    }

    public string Path { get; }

    public long Length { get; }

    public static UntrustedFile Open(string path)
    {
        var expected = $"a checkpoint ({string.Join(", ", CheckpointFile.Endings)})";
        InputFile.RefuseFolder(path, expected);
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file; {expected} is expected.");
        }

        return new UntrustedFile(path, InputFile.OpenRead(path));
    }

    /// <summary>Another file of the same folder, open as long as this one is.</summary>
    public UntrustedFile OpenBeside(string name)
    {
        var other = Open(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!, name));
        others.Add(other);
        return other;
    }

    /// <summary>The bytes from <paramref name="offset"/> on; <paramref name="what"/> names them in the message when the file is too short.</summary>
    public byte[] Read(long offset, long count, string what)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
        {
            throw Bad($"{what} needs {count} bytes at offset {offset}, but the file has {Length}; it is cut off or its sizes are wrong");
        }

        if (count > Array.MaxLength)
        {
            throw Bad($"{what} has {count} bytes; at most {Array.MaxLength} are read");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)count);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(stream.SafeFileHandle, bytes.AsSpan(done), offset + done);
            done += read > 0 ? read : throw Bad($"{what} ended early; the file became shorter while it was read");
        }

        return bytes;
    }

    /// <summary>The first <paramref name="count"/> bytes, or all where there are fewer.</summary>
    public ReadOnlySpan<byte> Start(int count) => Read(0, Math.Min(Length, count), "the start");

    /// <summary>An <see cref="InputException"/> that names the file.</summary>
    public InputException Bad(string found) => new($"{Path}: {found}.");

    public void Dispose()
    {
        others.ForEach(other => other.Dispose());
        stream.Dispose();
    }
}
