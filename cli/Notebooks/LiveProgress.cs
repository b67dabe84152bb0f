using System.Globalization;
using Ndt.Cli.Notebooks.Execution;
using Spectre.Console;

namespace Ndt.Cli.Notebooks;

/// <summary>One line on a terminal that says which cell is running; what has ended stays above it.</summary>
internal sealed class LiveProgress(IAnsiConsole console, StatusContext status) : IRunProgress
{
    // Columns that Spectre's spinner and the blanks about it take.
    private const int Spinner = 4;

    /// <summary>Runs work under a live line where stderr is a terminal, and with plain lines elsewhere; with <paramref name="quiet"/> only what fails is told.</summary>
    public static Task<T> ShowAsync<T>(bool quiet, Func<IRunProgress, Task<T>> work)
    {
        if (quiet || Console.IsErrorRedirected)
        {
            return work(new PlainProgress(Console.Error, quiet));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().StartAsync("starting", context => work(new LiveProgress(console, context)));
    }

    /// <inheritdoc/>
    public void CellBegins(string notebook, int cell, int cells, string firstLine)
    {
        var (place, line) = Fit(notebook, string.Create(CultureInfo.InvariantCulture, $"  cell {cell} of {cells}  "), firstLine, console.Profile.Width - Spinner);
        status.Status($"{Markup.Escape(place)}[dim]{Markup.Escape(line)}[/]");
    }

    /// <summary>What fits into a line: the place, from the notebook's name where need be its end, and of the cell's first line what is left room for.</summary>
    internal static (string Place, string Line) Fit(string notebook, string cell, string firstLine, int room)
    {
        var name = notebook.Length + cell.Length <= room ? notebook : StatusLine.Cut(Path.GetFileName(notebook), Math.Max(0, room - cell.Length));
        var place = StatusLine.Cut(name + cell, room);
        return (place, StatusLine.Cut(firstLine, room - place.Length));
    }

    /// <inheritdoc/>
    public void CellFailed(string notebook, CellError error) =>
        console.MarkupLine($"[red]✗[/] {Markup.Escape($"{notebook}: {error.Name}: {error.Message}")}");

    /// <inheritdoc/>
    public void NotebookEnds(string notebook, TimeSpan elapsed, bool succeeded) =>
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"{(succeeded ? "[green]✓[/]" : "[red]✗[/]")} {Markup.Escape(notebook)}  [dim]{elapsed.TotalSeconds:0.0} s[/]"));
}
