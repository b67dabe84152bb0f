using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using Ndt.Cli.Notebooks.Display;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// The process that runs one notebook's cells. They have it to themselves: whatever they do to it (exit, overflow the stack,
/// eat the memory, crash in native code), the command outside lives on and can say in which cell it happened.
/// </summary>
internal static class Worker
{
    /// <summary>What is written past the cells' streams is cut here; not a text that a program prints.</summary>
    public const string EndOfCell = "\u0001\u0004ndt: end of cell\u0004";

    /// <summary>Runs the cells that come through the pipe until it is closed. The current folder is the notebook's.</summary>
    public static async Task<int> ServeAsync(string orders, string answers)
    {
        // What a cell computes with numbers and texts is the same on every machine, unless it asks for a culture.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        // .NET Interactive waits on the pool's threads for others of them, of which there are no more than cores at first.
        ThreadPool.SetMinThreads(16, 16);

        // Ctrl+C goes to all processes of a terminal; the command outside decides what becomes of the running cell.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var input = new AnonymousPipeClientStream(PipeDirection.In, orders);
        using var output = new AnonymousPipeClientStream(PipeDirection.Out, answers);
        using var reader = new StreamReader(input, Encoding.UTF8);
        using var writer = new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true };
        using var session = new NotebookSession(Environment.CurrentDirectory);
        using var runs = new BlockingCollection<(WorkerMessage.Run Run, CancellationToken Stop)>();
        using var interrupt = new Interrupt();
        var listening = Task.Factory.StartNew(() => Listen(reader, runs, interrupt), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var sink = new PipeSink(writer);
        foreach (var (run, stop) in runs.GetConsumingEnumerable())
        {
            await session.ReadyAsync().ConfigureAwait(false);
            sink.Send(new WorkerMessage.Begun());
            TimeSpan? limit = run.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
            try
            {
                await session.RunAsync(run.Code, run.Number, sink, limit, stop, run.Language).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // A fault of this host is an error of the cell: the command outside waits for an answer.
                sink.Error(new CellError("HostError", $"cell[{run.Number.ToString(CultureInfo.InvariantCulture)}]: this host failed ({e.GetType().Name}): {e.Message}"));
            }

            MarkEnd();
            sink.Send(new WorkerMessage.Done());
        }

        await listening.ConfigureAwait(false);

        // Threads that a cell left behind, and handlers of its own, do not keep the process.
        Environment.Exit(0);
        return 0;
    }

    private static void MarkEnd()
    {
        var mark = Encoding.UTF8.GetBytes(EndOfCell + "\n");
        using var output = Console.OpenStandardOutput();
        output.Write(mark);
        using var error = Console.OpenStandardError();
        error.Write(mark);
    }

    private static void Listen(StreamReader reader, BlockingCollection<(WorkerMessage.Run Run, CancellationToken Stop)> runs, Interrupt interrupt)
    {
        try
        {
            while (reader.ReadLine() is { } line)
            {
                switch (WorkerMessage.Parse(line))
                {
                    case WorkerMessage.Run run:
                        // The token is made on arrival, not when the cell begins: a stop that comes between the two stops the cell all the same.
                        runs.Add((run, interrupt.NewToken()));
                        break;
                    case WorkerMessage.Stop:
                        interrupt.Fire();
                        break;
                    default:
                        throw new FormatException($"not an order: {line}");
                }
            }
        }
        finally
        {
            // The command is gone, or has no more cells, or died in the middle of an order. A cell that still runs has nobody to report to, and the process ends.
            runs.CompleteAdding();
            interrupt.Fire();
        }
    }

    private sealed class Interrupt : IDisposable
    {
        private readonly Lock gate = new();
        private CancellationTokenSource source = new();

        public CancellationToken NewToken()
        {
            lock (gate)
            {
                source.Dispose();
                source = new CancellationTokenSource();
                return source.Token;
            }
        }

        public void Fire()
        {
            lock (gate)
            {
                source.Cancel();
            }
        }

        public void Dispose() => source.Dispose();
    }

    private sealed class PipeSink(StreamWriter writer) : ICellSink
    {
        public void Send(WorkerMessage message)
        {
            var line = message.ToLine();
            lock (writer)
            {
                writer.WriteLine(line);
            }
        }

        public void Stream(string name, string text) => Send(new WorkerMessage.Printed(name, text));

        public void Display(DisplayData data, string displayId) => Send(new WorkerMessage.Shown(data.Data, data.Metadata, displayId, IsUpdate: false));

        public void Update(DisplayData data, string displayId) => Send(new WorkerMessage.Shown(data.Data, data.Metadata, displayId, IsUpdate: true));

        public void Result(DisplayData data) => Send(new WorkerMessage.Returned(data.Data, data.Metadata));

        public void Error(CellError error) => Send(new WorkerMessage.Failed(error));
    }
}
