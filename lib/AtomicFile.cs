using System.Text;

namespace Ndt;

/// <summary>
/// Writes a file so that readers, and a crash at any moment, see either the old content or the whole new one: a temporary
/// file in the same folder, flushed to disk, then renamed over the target.
/// </summary>
/// <remarks>
/// The folder is flushed after the rename: what was reported as written is there after a power failure too, and files written one after the other (a record,
/// then the checkpoint that needs it) are never there in the other order only. A process that is killed leaves at most its temporary file; the next
/// write of the same target removes it.
/// </remarks>
public static class AtomicFile
{
    /// <summary>
    /// Writes <paramref name="path"/> through <paramref name="write"/>; creates the folder when it is missing. When the writer throws, the temporary file is removed
    /// and the target is untouched. Where the disk is full or the folder read-only, the <see cref="IOException"/> names the target.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var temporary = TemporaryName.Beside(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e)
        {
            TemporaryName.Remove(temporary);
            if (e is IOException or UnauthorizedAccessException && e.Message.Contains(temporary, StringComparison.Ordinal))
            {
                throw new IOException(e.Message.Replace(temporary, target, StringComparison.Ordinal), e);
            }

            throw;
        }

        FolderFlush.ToDisk(folder);
    }

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte-order mark.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes <paramref name="bytes"/>.</summary>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));
}
