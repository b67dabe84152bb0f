using System.Diagnostics;

namespace Ndt.Tests;

/// <summary>The command as it is used: a process of its own, its output and its exit code.</summary>
internal static class NdtProcess
{
    /// <summary>The longest that a test waits for a process: one that never ends fails its test, and does not hold up the others for ever.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs the command to its end.</summary>
    public static (int Code, string Output, string Error) Run(params ReadOnlySpan<string> arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>As above, with variables added to its environment.</summary>
    public static (int Code, string Output, string Error) Run(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments)
    {
        using var process = Start(environment, arguments);
        return End(process);
    }

    /// <summary>As the first, in another folder than the repository's root.</summary>
    public static (int Code, string Output, string Error) RunIn(string folder, params ReadOnlySpan<string> arguments)
    {
        using var process = Start(new Dictionary<string, string>(), folder, arguments);
        return End(process);
    }

    /// <summary>Waits for the end of a process that was started, and of whatever holds its output open.</summary>
    public static (int Code, string Output, string Error) End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StartInfo.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        var text = Task.WhenAll(output, error);
        if (!text.Wait(Limit))
        {
            var state = process.HasExited ? "has ended, but what it started holds its output open" : "has not ended";
            process.Kill(entireProcessTree: true);
            var printed = text.Wait(TimeSpan.FromSeconds(10)) ? string.Concat(text.Result) : "";
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} {state} after {Limit}; it printed: {printed}");
        }

        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts the command, its output redirected, in the repository's root.</summary>
    public static Process Start(params ReadOnlySpan<string> arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <summary>As above, with variables added to its environment.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments) => Start(environment, RepositoryPaths.Root, arguments);

    private static Process Start(IReadOnlyDictionary<string, string> environment, string folder, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ndt.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
