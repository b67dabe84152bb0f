namespace Ndt;

/// <summary>
/// Names for files and folders on their way to their place: <c>.NAME.MACHINE-PROCESS-TOKEN-COUNT.tmp</c> beside it. The name holds
/// machine and process. So we can tell a killed process's leftovers from a file still being written, without a lock or a clock.
/// </summary>
internal static class TemporaryName
{
    private static readonly string Machine = Environment.MachineName + "-";
    private static readonly string Token = Guid.NewGuid().ToString("N");
    private static int count;

    /// <summary>
    /// A name beside <paramref name="target"/>, whose folder has to exist, that no other process and no other call has. What processes of this machine that
    /// are gone left on their way to the same target is removed first; what another machine left in a shared folder stays, since nothing here tells whether its process lives.
    /// </summary>
    public static string Beside(string target)
    {
        var (folder, prefix) = (Path.GetDirectoryName(Path.GetFullPath(target))!, $".{Path.GetFileName(target)}.");
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, prefix + "*.tmp"))
        {
            if (IsLeftover(Path.GetFileName(path)[prefix.Length..^".tmp".Length]))
            {
                Remove(path);
            }
        }

        return Path.Combine(folder, $"{prefix}{Machine}{Environment.ProcessId}-{Token}-{Interlocked.Increment(ref count)}.tmp");
    }

    /// <summary>Removes a file or folder, if it is there and can be removed: it is nothing that anyone reads.</summary>
    public static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process removes it too, or the folder has become read-only.
        }
    }

    private static bool IsLeftover(string owner)
    {
        if (!owner.StartsWith(Machine, StringComparison.Ordinal) || owner[Machine.Length..].Split('-') is not [var process, var token, _] || !int.TryParse(process, out var id))
        {
            return false;
        }

        // In a container every process may have the same number as the one before it.
        return id == Environment.ProcessId ? token != Token : !IsAlive(id);
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
