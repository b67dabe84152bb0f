namespace Ndt.Cli;

/// <summary>
/// What is being done, as one line on a terminal that is rewritten in place and never wider than it; nothing where standard error is no terminal, or with <c>--quiet</c>.
/// Messages get lines of their own.
/// </summary>
internal sealed class StatusLine(bool quiet) : IDisposable
{
    private const int UsualWidth = 80;
    private string shown = "";

    /// <summary>Whether anything is shown.</summary>
    public bool IsVisible { get; } = !quiet && !Console.IsErrorRedirected;

    /// <summary>The characters that fit: one fewer than the terminal has columns, for in the last one many terminals begin a new line.</summary>
    public static int Room => (Console.WindowWidth is > 0 and var width ? width : UsualWidth) - 1;

    /// <summary>The text, its end cut off and marked where it has more characters than fit.</summary>
    public static string Cut(string text, int room) => text.Length <= room ? text : room <= 0 ? "" : string.Concat(text.AsSpan(0, room - 1), "…");

    /// <summary>Shows a text in place of the one before.</summary>
    public void Show(string text)
    {
        if (IsVisible && Cut(text, Room) is var line && line != shown)
        {
            // The second part of the sequence (EL) removes what the line before had more.
            Console.Error.Write($"\r{line}\e[K");
            shown = line;
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
}
