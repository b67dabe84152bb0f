using System.Globalization;

namespace Ndt.Cli;

/// <summary>How many of several files are done, as one line on a terminal that is rewritten in place and never wider than it; nothing where stderr is no terminal. Messages get lines of their own.</summary>
internal sealed class CountProgress(string what, int total) : IDisposable
{
    private readonly bool visible = !Console.IsErrorRedirected && total > 1;
    private int shown;

    /// <summary>Shows that <paramref name="done"/> are done and <paramref name="current"/> is next.</summary>
    public void Report(int done, string current)
    {
        if (visible)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{what} {done + 1} of {total}: {current}");
            var width = Math.Max(20, Console.WindowWidth - 1);
            Show(line.Length <= width ? line : string.Concat(line.AsSpan(0, width - 1), "…"));
        }
    }

    /// <summary>Writes a message; the line in its way is removed.</summary>
    public void Tell(string message)
    {
        Show("");
        Console.Error.WriteLine(message);
    }

    /// <inheritdoc/>
    public void Dispose() => Show("");

    private void Show(string line)
    {
        if (shown > 0 || line.Length > 0)
        {
            Console.Error.Write($"\r{line.PadRight(shown)}{(line.Length == 0 ? "\r" : "")}");
            shown = line.Length;
        }
    }
}
