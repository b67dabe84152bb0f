using System.Diagnostics;

namespace Ndt.Benchmarks;

/// <summary>The <c>ndt</c> command of this build, in a process of its own.</summary>
internal static class NdtProgram
{
    /// <summary>Runs it to its end; the seconds from start to exit. Throws <see cref="WorkFailedException"/> where it fails.</summary>
    public static double Run(params IReadOnlyList<string> arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.Result;
        return process.ExitCode == 0
            ? clock.Elapsed.TotalSeconds
            : throw new WorkFailedException($"ndt {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Trim()}");
    }

    /// <summary>Starts it in the repository's root, its output redirected.</summary>
    public static Process Start(params IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ndt.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = ProjectFolder.Root,
        })!;
}
