using System.Globalization;
using Ndt.Cli.Notebooks.Display;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// The running cell's outlets, found through the execution context: whatever a cell starts (tasks, threads, timers) prints
/// and displays into its own session, and several sessions of one process do not meet.
/// </summary>
internal sealed class SessionScope : IDisposable
{
    /// <summary>Values that one cell may show: a loop that shows each of its steps must not fill the notebook, or the page.</summary>
    private const int MostDisplays = 1000;

    private static readonly AsyncLocal<SessionScope?> Ambient = new();

    private readonly Lock gate = new();
    private readonly StreamBuffer streams;
    private readonly Dictionary<string, string> displays = new(StringComparer.Ordinal);
    private readonly Timer flusher;

    /// <summary>Null between cells, and before the first: output has no place then.</summary>
    private ICellSink? sink;
    private bool isClosed;
    private int shown;

    public SessionScope()
    {
        streams = new StreamBuffer((name, text) => sink?.Stream(name, text));
        AppDomain.CurrentDomain.ProcessExit += FlushLastWords;
        flusher = new Timer(_ => FlushUnlessBusy());
    }

    /// <summary>The scope of the code that asks, or null outside of cells.</summary>
    public static SessionScope? Current => Ambient.Value;

    /// <summary>The scope of the code that asks; throws outside of cells.</summary>
    public static SessionScope Required =>
        Ambient.Value ?? throw new InvalidOperationException("display works inside of a notebook's cells only");

    /// <summary>Makes this the scope of the code that follows and of all it starts.</summary>
    public void Enter() => Ambient.Value = this;

    /// <summary>Where output goes from now on, or nowhere; what was printed before still goes to the old place.</summary>
    public void Redirect(ICellSink? next)
    {
        lock (gate)
        {
            if (shown > MostDisplays)
            {
                streams.Write("stderr", string.Create(CultureInfo.InvariantCulture, $"… {shown - MostDisplays} more outputs of this cell are left out: a cell shows {MostDisplays} at most\n"));
            }

            shown = 0;
            streams.Flush();
            sink = next;
            var period = next is null ? Timeout.InfiniteTimeSpan : StreamBuffer.Old;
            flusher.Change(period, period);
        }
    }

    /// <summary>
    /// Begins no message any more: a thread stopped in the middle of one would leave half of it. Returns when none is on its way; what is printed until
    /// <see cref="Open"/> is a stopped cell's, and is lost.
    /// </summary>
    public void Close()
    {
        lock (gate)
        {
            streams.Flush();
            isClosed = true;
        }
    }

    /// <summary>Takes messages again.</summary>
    public void Open()
    {
        lock (gate)
        {
            isClosed = false;
        }
    }

    /// <summary>Prints.</summary>
    public void Write(string name, ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            if (!isClosed)
            {
                streams.Write(name, text);
            }
        }
    }

    /// <summary>Shows a value, or replaces the one that was shown under <paramref name="id"/>. Displays are counted, so that runs give the same names.</summary>
    public void Display(DisplayData data, string? id, bool isUpdate)
    {
        lock (gate)
        {
            var key = id ?? Guid.NewGuid().ToString();
            if (!displays.TryGetValue(key, out var name))
            {
                displays[key] = name = string.Create(CultureInfo.InvariantCulture, $"d{displays.Count + 1}");
            }

            if (isUpdate)
            {
                InOrder(s => s.Update(data, name));
            }
            else if (!isClosed && ++shown <= MostDisplays)
            {
                InOrder(s => s.Display(data, name));
            }
        }
    }

    /// <summary>Shows the cell's last value.</summary>
    public void Result(DisplayData data) => InOrder(s => s.Result(data));

    /// <summary>Reports why the cell failed.</summary>
    public void Error(CellError error) => InOrder(s => s.Error(error));

    /// <summary>Asks the reader for a line.</summary>
    public string Ask(string prompt, bool password)
    {
        ICellSink? asked;
        lock (gate)
        {
            streams.Flush();
            asked = sink;
        }

        // Not under the lock: while the reader thinks, other threads may print.
        return asked is not null ? asked.Ask(prompt, password) : throw new InvalidOperationException("no cell is running");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= FlushLastWords;
        flusher.Dispose();
    }

    /// <summary>A cell that ends the process itself has said something before.</summary>
    private void FlushLastWords(object? sender, EventArgs e)
    {
        lock (gate)
        {
            streams.Flush();
        }
    }

    /// <summary>The timer does not wait for a message that takes long: its calls would pile up on the pool, which may be what the message waits for.</summary>
    private void FlushUnlessBusy()
    {
        if (gate.TryEnter())
        {
            try
            {
                streams.Flush();
            }
            finally
            {
                gate.Exit();
            }
        }
    }

    private void InOrder(Action<ICellSink> send)
    {
        lock (gate)
        {
            if (!isClosed && sink is not null)
            {
                streams.Flush();
                send(sink);
            }
        }
    }
}
