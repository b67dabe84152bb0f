using System.Diagnostics;
using System.Text;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// Hands on what is printed in its order: at once as long as that is little, so that a cell's last words are out before it ends the process; of a cell
/// that prints without pause gathered, when the stream changes, when much has gathered, or when it is old. Not thread-safe; its owner locks, also around
/// the timed flush.
/// </summary>
internal sealed class StreamBuffer(Action<string, string> send)
{
    /// <summary>The age at which text should be handed on, so that a reader sees a slow cell's lines as they come.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromMilliseconds(50);

    private const int Much = 1 << 14;

    /// <summary>Prints that are handed on at once, out of those of one such age.</summary>
    private const int Few = 500;

    private readonly StringBuilder text = new();
    private string name = "stdout";
    private long since;
    private long burst;
    private int prints;

    /// <summary>Adds text to a stream.</summary>
    public void Write(string stream, ReadOnlySpan<char> added)
    {
        if (stream != name)
        {
            Flush();
            name = stream;
        }

        if (text.Length == 0)
        {
            since = Stopwatch.GetTimestamp();
        }

        if (Stopwatch.GetElapsedTime(burst) > Old)
        {
            burst = Stopwatch.GetTimestamp();
            prints = 0;
        }

        text.Append(added);
        if (prints++ < Few || text.Length >= Much || Stopwatch.GetElapsedTime(since) > Old)
        {
            Flush();
        }
    }

    /// <summary>Hands on what has gathered.</summary>
    public void Flush()
    {
        if (text.Length > 0)
        {
            var gathered = text.ToString();
            text.Clear();
            send(name, gathered);
        }
    }
}
