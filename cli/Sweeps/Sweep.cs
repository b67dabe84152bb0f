using System.Collections.Concurrent;
using Ndt.Runs;

namespace Ndt.Cli.Sweeps;

/// <summary>Carries out many runs, each in a worker process, the longest first; what is finished already is not run again.</summary>
internal sealed class Sweep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private readonly IReadOnlyList<SweepRun> runs;

    /// <summary>A sweep over these runs.</summary>
    public Sweep(IEnumerable<SweepRun> runs) => this.runs = [.. runs.OrderByDescending(run => run.Cost).ThenBy(run => run.Spec.Name, StringComparer.Ordinal)];

    /// <summary>Told, from any thread, whenever a run begins or ends.</summary>
    public event Action<SweepRun>? Changed;

    /// <summary>All runs, the longest first.</summary>
    public IReadOnlyList<SweepRun> Runs => runs;

    /// <summary>Marks what needs no run: records that are whole, and cells whose dataset is missing.</summary>
    /// <param name="missing">For a run, a line that says what is missing, or null.</param>
    public void Survey(Func<RunSpec, string?> missing)
    {
        foreach (var run in runs)
        {
            if (run.IsOnDisk)
            {
                run.State = SweepState.AlreadyFinished;
            }
            else if (missing(run.Spec) is { } reason)
            {
                (run.State, run.Message) = (SweepState.WithoutData, reason);
            }
        }
    }

    /// <summary>
    /// Works off what waits, and ends when every run has failed or is on disk: runs that another process has are waited for, and made here where it ends without having
    /// finished them (the workers of a sweep that was killed go on until their next step). Cancelling stops the workers between two steps; what they had not finished
    /// waits again.
    /// </summary>
    public async Task RunAsync(int workers, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<SweepRun>(runs.Where(run => run.State == SweepState.Waiting));
        while (!queue.IsEmpty && !cancellation.IsCancellationRequested)
        {
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
            queue = new ConcurrentQueue<SweepRun>(await LeftByOthersAsync(cancellation));
        }

        async Task WorkAsync()
        {
            while (!cancellation.IsCancellationRequested && queue.TryDequeue(out var run))
            {
                run.State = SweepState.Running;
                Changed?.Invoke(run);
                try
                {
                    // Another sweep may have made it since the survey.
                    if (run.IsOnDisk)
                    {
                        run.State = SweepState.TakenElsewhere;
                    }
                    else
                    {
                        await TrainingWorker.RunAsync(run, cancellation);
                    }
                }
                catch (Exception e)
                {
                    (run.State, run.Message) = (SweepState.Failed, e.Message);
                }

                Changed?.Invoke(run);
            }
        }
    }

    /// <summary>Runs that other processes had and left unfinished; returns when there is one, or when all are finished, or on cancelling, after which they wait again.</summary>
    private async Task<IReadOnlyList<SweepRun>> LeftByOthersAsync(CancellationToken cancellation)
    {
        while (runs.Where(run => run.State == SweepState.TakenElsewhere && !run.IsOnDisk).ToArray() is { Length: > 0 } unfinished)
        {
            var free = unfinished.Where(run => !RunFile.IsTaken(run.RecordPath) && !run.IsOnDisk).ToArray();
            if (free.Length > 0)
            {
                return free;
            }

            if (cancellation.IsCancellationRequested)
            {
                Array.ForEach(unfinished, run => run.State = SweepState.Waiting);
                return [];
            }

            await Task.Delay(Patience, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return [];
    }
}
