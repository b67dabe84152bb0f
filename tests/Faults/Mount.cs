using System.ComponentModel;
using System.Diagnostics;

namespace Ndt.Tests.Faults;

/// <summary>A small file system in memory, mounted for one test on a folder and gone at its end.</summary>
internal sealed class Mount : IDisposable
{
    private Mount(string folder) => Folder = folder;

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Mounts one of so many bytes on a new folder; skips the test where that is not permitted.</summary>
    public static Mount Create(string folder, long bytes)
    {
        Directory.CreateDirectory(folder);
        var refused = Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", folder);
        Assert.SkipUnless(refused is null, $"mounting a file system is not permitted here: {refused}");
        return new Mount(folder);
    }

    /// <summary>Fills it up to so many free bytes with a file, which <see cref="Free"/> removes.</summary>
    public void Fill(long free)
    {
        using var filler = File.Create(Filler);
        var block = new byte[1 << 12];
        while (new DriveInfo(Folder).AvailableFreeSpace >= free + block.Length)
        {
            filler.Write(block);
            filler.Flush();
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Allows or forbids all writing, to root too.</summary>
    public void SetReadOnly(bool readOnly) => Assert.Null(Run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Folder));

    /// <inheritdoc/>
    public void Dispose() => _ = Run("umount", "-l", Folder);

    private string Filler => Path.Combine(Folder, ".filler");

    // The reason of the failure, or null.
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
