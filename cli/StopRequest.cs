using System.Runtime.InteropServices;

namespace Ndt.Cli;

/// <summary>
/// Turns SIGTERM and Ctrl+C into a request to stop at the next good moment, with work kept. A second Ctrl+C ends the process at
/// once, as without this; SIGTERM may come several times, as batch systems send it.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private const int SignalExit = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupts;
    private readonly PosixSignalRegistration terminations;
    private bool interrupted;

    /// <summary>Listens until it is disposed.</summary>
    public StopRequest()
    {
        interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = !interrupted;
            interrupted = true;
            Stop(SignalExit + Interrupt);
        });
        terminations = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Stop(SignalExit + Terminate);
        });
    }

    /// <summary>Cancelled once a stop is asked for.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code of a process that stopped because it was asked to, as shells know it: 130 after Ctrl+C, else 143.</summary>
    public int ExitCode { get; private set; } = SignalExit + Terminate;

    /// <summary>Whether a process ended with such a code.</summary>
    public static bool IsStopped(int exitCode) => exitCode is SignalExit + Interrupt or SignalExit + Terminate;

    /// <summary>Asks for a stop from within.</summary>
    public void Stop() => source.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        interrupts.Dispose();
        terminations.Dispose();

        // The source is left to the garbage collector: a signal that is being dealt with now may still cancel it.
    }

    private void Stop(int exitCode)
    {
        if (!source.IsCancellationRequested)
        {
            ExitCode = exitCode;
        }

        Stop();
    }
}
