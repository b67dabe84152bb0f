using System.Diagnostics;

namespace Ndt.Tests.Faults;

/// <summary>Starts commands and kills them (SIGKILL: nothing in them can act on it).</summary>
/// <param name="life">How long the command takes when nothing happens to it.</param>
/// <param name="stream">Which of the run's draws the moments come from.</param>
internal sealed class Killing(TimeSpan life, int stream)
{
    private readonly Random random = new(unchecked(RunSeed.Value + stream));

    /// <summary>Runs a command to its end, which has to be a good one, and says how long it took.</summary>
    public static TimeSpan LifeOf(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments)
    {
        var start = Stopwatch.GetTimestamp();
        var (code, _, error) = NdtProcess.Run(environment, arguments);
        Assert.True(code == 0, error);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>
    /// Starts the command and kills it at a moment drawn from its whole life; starts it again, a few times, where it had ended before. Whether a running process was
    /// killed.
    /// </summary>
    /// <param name="start">Starts the command.</param>
    /// <param name="wholeTree">Whether the processes it started are killed too.</param>
    public bool AtRandom(Func<Process> start, bool wholeTree = true)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var process = Started(start);
            if (!process.WaitForExit(life * random.NextDouble()) && Kill(process, wholeTree))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Starts the command and kills it as soon as it is writing: something with a temporary name lies below <paramref name="folder"/>. Whether a running process was killed.</summary>
    public static bool WhileWriting(Func<Process> start, string folder)
    {
        Directory.CreateDirectory(folder);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            // What an earlier kill left does not count.
            var before = Temporaries(folder).ToHashSet();
            using var process = Started(start);
            while (!process.HasExited && Temporaries(folder).All(before.Contains))
            {
            }

            if (Kill(process, wholeTree: true))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Files and folders below a folder that are on their way to their names; not the probe that every start writes.</summary>
    private static IEnumerable<string> Temporaries(string folder)
    {
        try
        {
            var all = Directory.EnumerateFileSystemEntries(folder, ".*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true });
            return [.. all.Where(path => !Path.GetFileName(path).StartsWith(".probe.", StringComparison.Ordinal))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static Process Started(Func<Process> start)
    {
        var process = start();
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    // A process that has just ended by itself has its own code.
    private static bool Kill(Process process, bool wholeTree)
    {
        process.Kill(wholeTree);
        process.WaitForExit();
        return process.ExitCode == 137;
    }
}
