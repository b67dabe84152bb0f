using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using Ndt.Cli.Notebooks.Display;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>The command's side of a <see cref="Worker"/>: starts it, gives it cells, and says what happened when it dies.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>The hidden command that a worker runs.</summary>
    public const string WorkerCommandName = "notebook-worker";

    /// <summary>The worker stops a cell by itself; after this much more it is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>How long what was written already is waited for: past the cell's streams, which comes by another pipe than the rest, and by a process that has ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>One worker starts at a time: a sibling started meanwhile would inherit the ends of this one's pipes, and hold them open after its death.</summary>
    private static readonly Lock Starting = new();

    private readonly AnonymousPipeServerStream orders;
    private readonly AnonymousPipeServerStream answers;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock sending = new();
    private readonly StreamWriter writer;
    private readonly StreamReader reader;
    private readonly Process process;
    private readonly RawOutput rawOut = new("stdout");
    private readonly RawOutput rawError = new("stderr");

    /// <summary>Starts a worker whose current folder is <paramref name="folder"/>.</summary>
    public WorkerProcess(string folder)
    {
        string[] command = [.. HostProgram.Command(), WorkerCommandName];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in HostProgram.CellEnvironment())
        {
            start.Environment.TryAdd(name, value);
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => ended.TrySetResult();
        lock (Starting)
        {
            orders = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            answers = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            start.ArgumentList.Add(orders.GetClientHandleAsString());
            start.ArgumentList.Add(answers.GetClientHandleAsString());
            process.Start();
            orders.DisposeLocalCopyOfClientHandle();
            answers.DisposeLocalCopyOfClientHandle();
        }

        process.StandardInput.Close();
        process.OutputDataReceived += (_, e) => rawOut.Add(e.Data);
        process.ErrorDataReceived += (_, e) => rawError.Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        writer = new StreamWriter(orders, new UTF8Encoding(false)) { AutoFlush = true };
        reader = new StreamReader(answers, Encoding.UTF8);
    }

    /// <summary>Whether the process ended, and with it everything the cells had declared.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Runs one cell.</summary>
    public async Task<CellOutcome> RunAsync(WorkerMessage.Run run, ICellSink sink, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource();
        TimeSpan? limit = run.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        using var kill = late.Token.Register(Kill);

        if (!IsGone)
        {
            // The order goes first: a stop that overtook it would stop nothing.
            TrySend(run);
        }

        using var stop = cancel.Register(() =>
        {
            late.CancelAfter(Grace);
            TrySend(new WorkerMessage.Stop());
        });
        CellError? failure = null;
        while (!IsGone && await ReadAsync().ConfigureAwait(false) is { } message)
        {
            switch (message)
            {
                case WorkerMessage.Begun when limit is { } most && !cancel.IsCancellationRequested:
                    late.CancelAfter(most + Grace);
                    break;
                case WorkerMessage.Begun:
                    break;
                case WorkerMessage.Printed printed:
                    sink.Stream(printed.Name, printed.Text);
                    break;
                case WorkerMessage.Shown { IsUpdate: true } shown:
                    sink.Update(new DisplayData(shown.Data, shown.Metadata), shown.Id);
                    break;
                case WorkerMessage.Shown shown:
                    sink.Display(new DisplayData(shown.Data, shown.Metadata), shown.Id);
                    break;
                case WorkerMessage.Returned returned:
                    sink.Result(new DisplayData(returned.Data, returned.Metadata));
                    break;
                case WorkerMessage.Failed failed:
                    failure = failed.Error;
                    sink.Error(failed.Error);
                    break;
                case WorkerMessage.Done:
                    foreach (var raw in (RawOutput[])[rawOut, rawError])
                    {
                        if (await raw.TakeAsync(Patience).ConfigureAwait(false) is { Length: > 0 } text)
                        {
                            sink.Stream(raw.Name, text);
                        }
                    }

                    return new CellOutcome(failure);
                default:
                    throw new FormatException($"not an answer: {message}");
            }
        }

        var death = Death(string.Create(CultureInfo.InvariantCulture, $"cell[{run.Number}]"), late.IsCancellationRequested, cancel.IsCancellationRequested, limit);
        sink.Error(death);
        return new CellOutcome(death);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // The worker is gone already.
        }

        orders.Dispose();
        if (!process.WaitForExit(Grace))
        {
            Kill();
        }

        reader.Dispose();
        answers.Dispose();
        process.Dispose();
    }

    private async Task<WorkerMessage?> ReadAsync()
    {
        // What a cell started may have inherited the pipe and holds it open: then a dead worker's answers have no end of their own.
        var reading = reader.ReadLineAsync();
        await Task.WhenAny(reading, ended.Task).ConfigureAwait(false);
        try
        {
            var line = await (ended.Task.IsCompleted ? reading.WaitAsync(Patience) : reading).ConfigureAwait(false);
            return line is null ? null : WorkerMessage.Parse(line);
        }
        catch (Exception e) when (e is TimeoutException or JsonException)
        {
            // No further line, or half of one: the process ended in the middle of a message.
            return null;
        }
    }

    private void TrySend(WorkerMessage message)
    {
        try
        {
            // A stop comes from another thread than the cells, in the middle of an order, too.
            lock (sending)
            {
                writer.WriteLine(message.ToLine());
            }
        }
        catch (IOException)
        {
            // The worker is gone; the end of its answers says so.
        }
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private CellError Death(string cell, bool wasKilled, bool wasStopped, TimeSpan? limit)
    {
        IsGone = true;
        if (!process.WaitForExit(Grace))
        {
            // It closed its pipe and stays: a fault of the worker itself.
            Kill();
        }

        process.WaitForExit(Grace);
        if (wasKilled && wasStopped)
        {
            return new CellError("Interrupted", $"{cell}: interrupted; it did not stop by itself and was killed");
        }

        if (wasKilled && limit is not null)
        {
            return new CellError("CellTimeout", $"{cell}: killed after {limit.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s, the limit for one cell; it did not stop by itself");
        }

        IReadOnlyList<string> lastWords = [.. rawOut.Lines, .. rawError.Lines];
        var reason = lastWords.FirstOrDefault(l => l.StartsWith("Stack overflow", StringComparison.Ordinal) || l.StartsWith("Out of memory", StringComparison.Ordinal));
        var message = reason is null
            ? $"{cell}: the cell ended the process that runs the notebook (exit code {process.ExitCode.ToString(CultureInfo.InvariantCulture)})"
            : $"{cell}: the cell ended the process that runs the notebook ({reason.TrimEnd('.')})";
        return new CellError("ProcessExited", message, [$"ProcessExited: {message}", .. lastWords.Select(l => $"    {l}")]);
    }

    /// <summary>
    /// What native code, child processes and a dying runtime wrote past the running cell's streams: the first lines, since a stack overflow says there what it
    /// is. The worker marks the end of a cell there, too.
    /// </summary>
#pragma warning disable CA1001 // A semaphore without a wait handle holds nothing; lines may still come when the rest is disposed of.
    private sealed class RawOutput(string name)
#pragma warning restore CA1001
    {
        private const int Most = 200;

        private readonly Lock gate = new();
        private readonly List<string> lines = [];
        private readonly SemaphoreSlim marks = new(0);

        public string Name { get; } = name;

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (gate)
                {
                    return [.. lines.Take(12)];
                }
            }
        }

        public void Add(string? line)
        {
            if (line is null)
            {
                return;
            }

            // What was written last may have no newline of its own.
            var isMark = line.EndsWith(Worker.EndOfCell, StringComparison.Ordinal);
            var text = isMark ? line[..^Worker.EndOfCell.Length] : line;
            lock (gate)
            {
                if (lines.Count <= Most && !(isMark && text.Length == 0))
                {
                    lines.Add(lines.Count < Most ? text : "… more was written than a notebook should hold; the rest is not kept");
                }
            }

            if (isMark)
            {
                marks.Release();
            }
        }

        /// <summary>What there is at the end of a cell.</summary>
        public async Task<string> TakeAsync(TimeSpan patience)
        {
            await marks.WaitAsync(patience).ConfigureAwait(false);
            lock (gate)
            {
                var text = string.Concat(lines.Select(line => line + "\n"));
                lines.Clear();
                return text;
            }
        }
    }
}
