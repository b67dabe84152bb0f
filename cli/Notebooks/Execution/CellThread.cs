using System.Runtime;
using System.Runtime.ExceptionServices;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// A thread for one piece of a cell, that can be stopped whatever it does. Each piece has a thread of its own: the runtime aborts running code of a thread
/// once, and a second abort of the same thread never arrives.
/// </summary>
internal static class CellThread
{
    /// <summary>Recursive code gets some room; the default of 1.5 MB is soon used up under the debug information of cells.</summary>
    private const int StackBytes = 16 << 20;

    /// <summary>A cell that prints has stopped by then: an abort within the console's writer leaves that locked for ever, and one within a throw can end the process.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(150);

    /// <summary>A cell that has not stopped by then waits for something that does not heed the stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>A thread that has not stopped by then (a loop in a finally block, a call of native code) is left behind.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromMilliseconds(800);

    [ThreadStatic]
    private static (CancellationToken Stop, CancellationToken Abort, bool IsTold) here;

    /// <summary>Where a cell prints, it ends if it is to stop; one that goes on regardless is held here for its abort, which does no harm here.</summary>
    public static void StopHere()
    {
        if (here.IsTold || here.Abort.IsCancellationRequested)
        {
            // A sleep would be woken by an exception, and the abort could meet that.
            for (var start = Environment.TickCount64; Environment.TickCount64 - start < 2 * Courtesy.TotalMilliseconds;)
            {
                Thread.Yield();
            }
        }
        else if (here.Stop.IsCancellationRequested)
        {
            here.IsTold = true;
            throw new OperationCanceledException("the cell was stopped");
        }
    }

    /// <summary>Runs a function to its end, or to the stop; throws what it throws, and <see cref="OperationCanceledException"/> when it was stopped.</summary>
    public static async Task RunAsync(Func<Task> function, CancellationToken stop)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var abort = new CancellationTokenSource();
        var thread = new Thread(() => Run(function, done, stop, abort.Token), StackBytes) { IsBackground = true, Name = "cell" };
        using var waker = new Timer(_ => Wake(thread));
        using var abandon = new Timer(_ => done.TrySetCanceled(CancellationToken.None));
        await using var stopping = stop.Register(() =>
        {
            waker.Change(Patience, Patience);
            abandon.Change(LastPatience, Timeout.InfiniteTimeSpan);
            abort.CancelAfter(Courtesy);
        }).ConfigureAwait(false);
        thread.Start();
        await done.Task.ConfigureAwait(false);
    }

    /// <summary>Ends a wait. A thread that does not wait is left to its abort: an interruption would meet it at whatever it next waits for, in the midst of unwinding.</summary>
    private static void Wake(Thread thread)
    {
        if (thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
        {
            thread.Interrupt();
        }
    }

    private static void Run(Func<Task> function, TaskCompletionSource done, CancellationToken stop, CancellationToken abort)
    {
        here = (stop, abort, false);
        try
        {
            RunStoppably(
                () => SingleThreadContext.Run(
                    async () =>
                    {
#pragma warning disable CA2007 // It stays on this thread.
                        await function();
#pragma warning restore CA2007
                        return 0;
                    },
                    abort),
                abort);
            done.TrySetResult();
        }
        catch (Exception e)
        {
            done.TrySetException(e);
        }
    }

    /// <summary>Runs code that may never look at a token.</summary>
    private static void RunStoppably(Action run, CancellationToken stop)
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
            stop);
#pragma warning restore SYSLIB0046

        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }
    }
}
