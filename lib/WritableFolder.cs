namespace Ndt;

/// <summary>Finds out before the work, not at its end, whether its results can be written.</summary>
public static class WritableFolder
{
    // The system's numbers (ENOSPC, EDQUOT), which .NET hands on on Linux.
    private const int DiskFull = 28;
    private const int QuotaUsedUp = 122;

    /// <summary>
    /// Creates the folder where it is missing, and writes and removes a small file in it. Throws <see cref="InputException"/> where that is not allowed or cannot be (a
    /// read-only file system, a file of the name), <see cref="WorkFailedException"/> where the disk is full.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What the message calls it: an option and its value.</param>
    /// <param name="advice">What else could be done, or nothing.</param>
    public static void Require(string folder, string name, string advice = "")
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(TemporaryName.Beside(Path.Combine(folder, "probe")), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            probe.Write(new byte[1 << 12]);
            probe.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = $"{name}: cannot be written to: {e.Message.Split(" : '")[0]}{(advice.Length > 0 ? $"; {advice}" : "")}";
            throw e.HResult is DiskFull or QuotaUsedUp ? new WorkFailedException(message, e) : new InputException(message, e);
        }
    }
}
