using System.Diagnostics;
using System.Globalization;
using Ndt.Runs;

namespace Ndt.Cli.Sweeps;

/// <summary>
/// Carries out one run in a process of its own (<c>ndt train --worker</c>): torch's random generator and allocator are the whole
/// process's. The worker reports its progress on standard output and ends when its standard input does, so that it does not
/// outlive a sweep that was killed.
/// </summary>
internal static class TrainingWorker
{
    private const string ProgressMark = "@progress ";
    private const string NoteMark = "@note ";

    /// <summary>Exit code of a worker whose run another process has taken.</summary>
    public const int Taken = 3;

    /// <summary>Runs one worker to its end; sets the run's state, progress and message.</summary>
    public static async Task RunAsync(SweepRun run, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo(run) };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await using var registration = cancellation.Register(process.StandardInput.Close);
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.StartsWith(NoteMark, StringComparison.Ordinal))
            {
                run.Note = line[NoteMark.Length..];
            }
            else if (!TryProgress(run, line))
            {
                output.Add(line);
            }
        }

        await process.WaitForExitAsync(CancellationToken.None);
        var messages = await errors;
        (run.State, run.Message) = process.ExitCode switch
        {
            0 => (SweepState.Finished, null),
            Taken => (SweepState.TakenElsewhere, null),
            var code when StopSignals.IsStopped(code) => (SweepState.Waiting, null),
            _ when cancellation.IsCancellationRequested => (SweepState.Waiting, LastLine(messages)),
            var code => (SweepState.Failed, LastLine(messages) ?? $"the worker ended with code {code}"),
        };
        if (run.State == SweepState.Failed)
        {
            WriteLog(run.LogPath, $"exit code {process.ExitCode}\n{string.Join('\n', output)}\n{messages}");
        }
    }

    /// <summary>The progress line of a worker.</summary>
    public static string ProgressLine(RunProgress progress) =>
        string.Create(CultureInfo.InvariantCulture, $"{ProgressMark}{progress.StepsDone} {progress.Loss:R}");

    /// <summary>Tells the sweep, from within a worker, what is worth knowing about its run.</summary>
    public static void WriteNote(string note) => Console.Out.WriteLine($"{NoteMark}{note}");

    private static void WriteLog(string path, string text)
    {
        try
        {
            AtomicFile.WriteText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, say: then the worker's own message is the one to tell.
        }
    }

    private static bool TryProgress(SweepRun run, string line)
    {
        if (!line.StartsWith(ProgressMark, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = line[ProgressMark.Length..].Split(' ');
        run.StepsDone = int.Parse(parts[0], CultureInfo.InvariantCulture);
        run.Loss = double.Parse(parts[1], CultureInfo.InvariantCulture);
        return true;
    }

    private static ProcessStartInfo StartInfo(SweepRun run)
    {
        var (spec, checkpoints) = (run.Spec, run.Checkpoints);
        var command = HostProgram.Command();
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            .. command.Skip(1), "train", spec.Architecture.Name, spec.Dataset, "--worker",
            "--seed", Text(spec.Seed), "--protocol", spec.Protocol.Name, "--steps", Text(spec.Protocol.Steps),
            "--measure-every", Text(spec.Protocol.MeasureEvery), "--threads", Text(spec.Threads), "--device", spec.Device, "--out", Path.GetDirectoryName(run.RecordPath)!,
            .. spec.Deterministic ? [] : (string[])["--deterministic", "false"],
            .. checkpoints is null ? [] : (string[])["--checkpoint-steps", StepList.Format(checkpoints.Steps)],
            .. checkpoints is { WeightsOnly: true } ? (string[])["--checkpoint-weights-only"] : [],
            .. run.TensorBoard is null ? [] : (string[])["--tensorboard", run.TensorBoard],
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return start;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
