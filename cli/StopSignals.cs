using System.Runtime.InteropServices;

namespace Ndt.Cli;

/// <summary>
/// SIGTERM and Ctrl+C as the wish that a command ends: the first cancels its work, which then stops at the next safe place and leaves nothing half done. A second Ctrl+C ends
/// the process at once; SIGTERM may come several times, as batch systems send it.
/// </summary>
/// <remarks>System.CommandLine's own handling begins only when an action first awaits, and so never for a training run.</remarks>
internal sealed class StopSignals : IDisposable
{
    // The exit codes by which shells know a process that a signal ended: 128 and the signal's number.
    private const int Interrupted = 130;
    private const int Terminated = 143;

    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource over = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly TimeSpan patience;
    private int interrupts;
    private int exitCode;

    /// <summary>Listens from now until it is disposed.</summary>
    /// <param name="patience">How long the command may take to stop before the process is ended; by default as long as it needs, for work whose state is kept.</param>
    public StopSignals(TimeSpan? patience = null)
    {
        this.patience = patience ?? Timeout.InfiniteTimeSpan;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate)];
    }

    /// <summary>Cancelled once a stop is asked for.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>The exit code of a process that stopped because it was asked to, as shells know it: 130 after Ctrl+C, else 143.</summary>
    public int ExitCode => exitCode == 0 ? Terminated : exitCode;

    /// <summary>Whether a process ended with such a code.</summary>
    public static bool IsStopped(int exitCode) => exitCode is Interrupted or Terminated;

    /// <summary>Asks for a stop from within.</summary>
    public void Stop() => stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        over.Cancel();

        // The sources are left to the garbage collector: a signal that is being dealt with now may still use them.
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        // What is not cancelled ends the process as it would without this.
        context.Cancel = Interlocked.Increment(ref interrupts) == 1;
        Receive(Interrupted);
    }

    private void OnTerminate(PosixSignalContext context)
    {
        context.Cancel = true;
        Receive(Terminated);
    }

    private void Receive(int code)
    {
        if (Interlocked.CompareExchange(ref exitCode, code, 0) == 0)
        {
            _ = Task.Delay(patience, over.Token).ContinueWith(_ => Environment.Exit(code), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }

        Stop();
    }
}
