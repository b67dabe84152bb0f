using System.Diagnostics;
using System.Runtime;
using System.Runtime.ExceptionServices;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// A thread for one piece of a cell, that can be stopped whatever it does. Each piece has a thread of its own: the runtime aborts running code of a thread
/// once, and a second abort of the same thread never arrives. An abort may leave any lock taken that the thread just takes, so that it is kept for the author's
/// own code: the compiler heeds a token, a cell that prints ends by an exception, and one that shows something is held for its abort.
/// </summary>
#pragma warning disable CA1001 // A thread that is left behind may still ask for its abort.
internal sealed class CellThread
#pragma warning restore CA1001
{
    /// <summary>Recursive code gets some room; the default of 1.5 MB is soon used up under the debug information of cells.</summary>
    private const int StackBytes = 16 << 20;

    /// <summary>How the compiler's names of the assemblies of pieces begin.</summary>
    private const char Submission = 'ℛ';

    /// <summary>How often a thread that is to stop is looked at.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>A cell that prints or is compiled has stopped by then, without an abort.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(150);

    /// <summary>A cell that has not stopped by then waits for something that does not heed the stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>A thread that has not stopped by then (a loop in a finally block, a call of native code) is left behind.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromMilliseconds(800);

    /// <summary>How much longer all of these are for a cell on its way to its start or its end, through code that is not the author's: also a busy machine gets there.</summary>
    private static readonly TimeSpan Transit = TimeSpan.FromSeconds(2);

    [ThreadStatic]
    private static CellThread? here;

    private readonly Func<bool> isOver;
    private readonly CancellationToken stop;
    private readonly CancellationTokenSource abort = new();
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private CellContext? context;
    private long stopped;
    private volatile bool isInAuthorsCode;
    private volatile bool isTold;

    static CellThread() => AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) =>
    {
        if (loaded.LoadedAssembly.GetName().Name is [Submission, ..])
        {
            here?.Begin();
        }
    };

    private CellThread(Func<CellContext> enter, Func<CellContext, Task> function, Func<bool> isOver, CancellationToken stop)
    {
        this.isOver = isOver;
        this.stop = stop;
        thread = new Thread(() => Run(enter, function), StackBytes) { IsBackground = true, Name = "cell" };
    }

    /// <summary>Where a cell prints, it ends if it is to stop; one that goes on regardless is held here for its abort, which does no harm here.</summary>
    public static void StopHere()
    {
        if (here is not { } cell || !cell.stop.IsCancellationRequested)
        {
            return;
        }

        if (cell.isTold || cell.abort.IsCancellationRequested)
        {
            cell.AwaitAbort();
            return;
        }

        cell.isTold = true;
        throw new OperationCanceledException("the cell was stopped");
    }

    /// <summary>Where a cell shows something, it is held for its abort if it is to stop: an exception would go through .NET Interactive's events, which throw ever after.</summary>
    public static void HoldHere()
    {
        if (here is { } cell && cell.stop.IsCancellationRequested)
        {
            cell.AwaitAbort();
        }
    }

    /// <summary>
    /// Compiles and runs a piece in a context of its own to its end, or to the stop; throws what it throws, and <see cref="OperationCanceledException"/> when it was stopped.
    /// </summary>
    /// <param name="enter">Makes the piece's context.</param>
    /// <param name="function">Compiles and runs the piece.</param>
    /// <param name="isOver">Whether the author's code has come to its end; its value may still have to be shown.</param>
    /// <param name="stop">The stop.</param>
    public static async Task RunAsync(Func<CellContext> enter, Func<CellContext, Task> function, Func<bool> isOver, CancellationToken stop)
    {
        var cell = new CellThread(enter, function, isOver, stop);
        using var watch = new Timer(_ => cell.Watch());
        await using var stopping = stop.Register(() =>
        {
            cell.stopped = Stopwatch.GetTimestamp();
            cell.context?.Cancel();
            watch.Change(Pace, Pace);
        }).ConfigureAwait(false);
        cell.thread.Start();
        try
        {
            await cell.done.Task.ConfigureAwait(false);
        }
        finally
        {
            cell.EndContext();
        }
    }

    /// <summary>The piece is compiled: its author's code comes next, unless it is to stop.</summary>
    private void Begin()
    {
        isInAuthorsCode = true;
        if (stop.IsCancellationRequested)
        {
            AwaitAbort();
        }
    }

    /// <summary>A sleep would be woken by an exception, and the abort could meet that.</summary>
    private void AwaitAbort()
    {
        abort.CancelAfter(0);
        for (var start = Environment.TickCount64; Environment.TickCount64 - start < 2 * Courtesy.TotalMilliseconds;)
        {
            Thread.Yield();
        }
    }

    /// <summary>After a stop by a thread that may wait for ever, and holds nothing but itself.</summary>
    private void EndContext()
    {
        if (stop.IsCancellationRequested && context is not null)
        {
            new Thread(context.Complete, maxStackSize: 1 << 18) { IsBackground = true, Name = "end of a stopped cell" }.Start();
        }
        else
        {
            context?.Complete();
        }
    }

    private void Watch()
    {
        var waited = Stopwatch.GetElapsedTime(stopped) - (isInAuthorsCode && !isTold && !isOver() ? TimeSpan.Zero : Transit);
        if (waited > Courtesy && isInAuthorsCode)
        {
            abort.Cancel();
        }

        // A thread that does not wait is left to its abort: an interruption would meet it at whatever it next waits for, in the midst of unwinding.
        if (waited > Patience && isInAuthorsCode && thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin))
        {
            thread.Interrupt();
        }

        if (waited > LastPatience)
        {
            done.TrySetCanceled(CancellationToken.None);
        }
    }

    private void Run(Func<CellContext> enter, Func<CellContext, Task> function)
    {
        here = this;
        try
        {
            context = enter();
            stop.ThrowIfCancellationRequested();
            RunStoppably(
                () => SingleThreadContext.Run(
                    async () =>
                    {
#pragma warning disable CA2007 // It stays on this thread.
                        await function(context);
#pragma warning restore CA2007
                        return 0;
                    },
                    abort.Token));
            done.TrySetResult();
        }
        catch (Exception e)
        {
            done.TrySetException(e);
        }
    }

    /// <summary>Runs code that may never look at a token.</summary>
    private void RunStoppably(Action run)
    {
        Exception? thrown = null;
#pragma warning disable SYSLIB0046 // Stopping the thread may leave the cell's own data half changed; the alternative is to kill the session.
        ControlledExecution.Run(
            () =>
            {
                try
                {
                    run();
                }
                catch (Exception e)
                {
                    thrown = e;
                }
            },
            abort.Token);
#pragma warning restore SYSLIB0046

        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }
    }
}
