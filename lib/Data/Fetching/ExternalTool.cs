using System.ComponentModel;
using System.Diagnostics;

namespace Ndt.Data.Fetching;

/// <summary>Runs another program: a package registry is reached only through its ordinary client.</summary>
internal static class ExternalTool
{
    /// <summary>
    /// Runs <paramref name="program"/> to its end. Throws <see cref="WorkFailedException"/> where it is not installed, fails (with the last line it wrote) or takes longer
    /// than <paramref name="limit"/>; it and its children are then ended.
    /// </summary>
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, string folder, TimeSpan limit, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // git is not to ask for a name and password: nobody may be there to answer.
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new WorkFailedException($"{program} is not installed", e);
        }

        process.StandardInput.Close();
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timed.Token);
            var errors = await process.StandardError.ReadToEndAsync(timed.Token).ConfigureAwait(false);
            var text = await output.ConfigureAwait(false);
            await process.WaitForExitAsync(timed.Token).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw new WorkFailedException($"{program}: exit code {process.ExitCode}: {LastLine(errors) ?? LastLine(text) ?? "no message"}");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            // It may write until it is gone, into a folder that the caller removes.
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw new WorkFailedException($"{program}: not done after {limit.TotalSeconds} seconds");
        }
    }

    private static string? LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
