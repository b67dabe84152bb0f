namespace Ndt.Tests.Fuzzing;

/// <summary>A format that is read from files which nobody vouches for.</summary>
/// <param name="Name">Its name in the tests.</param>
/// <param name="File">The name of the file, relative to the folder made for it.</param>
/// <param name="Seeds">Valid files to start from.</param>
/// <param name="Mutate">How one is changed.</param>
/// <param name="Read">Reads the file at a path, whole.</param>
internal sealed record FuzzTarget(string Name, string File, Func<IReadOnlyList<byte[]>> Seeds, Func<byte[], Random, byte[]> Mutate, Action<string> Read)
{
    /// <summary>Puts what belongs beside the file into the folder.</summary>
    public Action<string> Prepare { get; init; } = _ => { };

    /// <summary>Makes right again what a change made wrong for the first check: a checksum, a hash, a packing.</summary>
    public Func<byte[], byte[]> PutRight { get; init; } = bytes => bytes;

    /// <summary>The one exception that is documented.</summary>
    public Type Refusal { get; init; } = typeof(InputException);

    /// <summary>Files tried in an ordinary run.</summary>
    public int Cases { get; init; } = 500;

    /// <summary>What reading may allocate, whatever the file: buffers, tables.</summary>
    public long FixedBytes { get; init; } = 16L << 20;

    /// <summary>What reading may allocate for each byte of the file besides.</summary>
    public int BytesPerByte { get; init; } = 200;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
