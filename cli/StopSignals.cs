using System.Runtime.InteropServices;

namespace Ndt.Cli;

/// <summary>
/// Ctrl+C and SIGTERM as the wish that a command ends: the first cancels its work, which then stops at the next safe place and leaves nothing half done; where it does
/// not within <see cref="Patience"/>, or at the second signal, the process ends at once.
/// </summary>
/// <remarks>System.CommandLine's own handling begins only when an action first awaits, and so never for a training run.</remarks>
internal sealed class StopSignals : IDisposable
{
    /// <summary>How long a command may take to stop: what Slurm, too, leaves a job between SIGTERM and SIGKILL by default.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource over = new();
    private readonly PosixSignalRegistration[] registrations;
    private int received;

    /// <summary>Listens from now until it is disposed.</summary>
    public StopSignals() =>
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, 130)), PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, 143))];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        over.Cancel();
        over.Dispose();
        stop.Dispose();
    }

    // The exit code is a shell's for a process that the signal ended: 128 and the signal's number.
    private void Receive(PosixSignalContext context, int code)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref received) > 1)
        {
            Environment.Exit(code);
        }

        try
        {
            _ = Task.Delay(Patience, over.Token).ContinueWith(_ => Environment.Exit(code), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has just ended by itself.
        }
    }
}
