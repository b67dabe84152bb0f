using System.Diagnostics;
using Spectre.Console;

namespace Ndt.Cli.Sweeps;

/// <summary>Shows a sweep while it runs: a live table on a terminal, a line per finished run elsewhere; both on standard error, and neither with <c>--quiet</c>.</summary>
internal sealed class SweepDisplay(Sweep sweep, bool quiet = false)
{
    // What Spectre draws: an edge at the left, and at the right of each cell, which has a blank at either side.
    private const int Frame = 1;
    private const int Gap = 3;

    private static readonly Column[] Columns =
    [
        new("run", run => Markup.Escape(run.Spec.Name)),
        new("protocol", run => Markup.Escape(run.Spec.Protocol.Name)),
        new("progress", Bar),
        new("step", run => $"{run.StepsDone}/{run.Spec.Protocol.Steps}"),
        new("loss", run => double.IsNaN(run.Loss) ? "" : $"{run.Loss:F4}"),
    ];

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double costAtStart = sweep.Runs.Sum(run => run.CostLeft);
    private readonly Lock gate = new();

    /// <summary>Shows the sweep until it is done.</summary>
    public async Task ShowAsync(Task work)
    {
        if (quiet || Console.IsErrorRedirected)
        {
            if (!quiet)
            {
                sweep.Changed += WriteLine;
            }

            await work;
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Live(Table(console.Profile.Width)).AutoClear(true).StartAsync(async context =>
        {
            while (!work.IsCompleted)
            {
                context.UpdateTarget(Table(console.Profile.Width));
                await Task.WhenAny(work, Task.Delay(250));
            }
        });
        await work;
    }

    private void WriteLine(SweepRun run)
    {
        if (run.State == SweepState.Running)
        {
            return;
        }

        lock (gate)
        {
            var (done, all) = (sweep.Runs.Count(r => r.State is SweepState.Finished or SweepState.AlreadyFinished), sweep.Runs.Count);
            Console.Error.WriteLine($"{done}/{all} {run.Spec.Protocol.Name} {run.Spec.Name}: {Word(run.State)}{(run.Message is null ? "" : $": {run.Message}")}{(run.Note is null ? "" : $" ({run.Note})")}, {TimeLeft()} left");
        }
    }

    /// <summary>The table, in at most <paramref name="width"/> columns.</summary>
    internal Table Table(int width)
    {
        var (done, all) = (sweep.Runs.Count(r => r.State is SweepState.Finished or SweepState.AlreadyFinished), sweep.Runs.Count);
        var failed = sweep.Runs.Count(r => r.State == SweepState.Failed);
        var elsewhere = sweep.Runs.Count(r => r.State == SweepState.TakenElsewhere);
        var running = sweep.Runs.Where(r => r.State == SweepState.Running).ToArray();
        var (columns, name) = Fit(width, running);
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column.Header).NoWrap());
        }

        table.Caption($"{done} of {all} finished{(failed > 0 ? $", {failed} failed" : "")}{(elsewhere > 0 ? $", {elsewhere} made by another process" : "")} · {DurationText.Of(Stopwatch.GetElapsedTime(start))} so far · {TimeLeft()} left");
        foreach (var run in running)
        {
            table.AddRow(columns.Select(column => column == Columns[0] ? Markup.Escape(StatusLine.Cut(run.Spec.Name, name)) : column.Cell(run)).ToArray());
        }

        return table;
    }

    // The run's name comes first and is cut where it must be; of the others those stay that leave it room, in this order.
    private static (IReadOnlyList<Column> Columns, int Name) Fit(int width, SweepRun[] running)
    {
        int WidthOf(Column column) => running.Select(run => Markup.Remove(column.Cell(run)).Length).Append(column.Header.Length).Max();
        var longest = WidthOf(Columns[0]);
        var room = width - Frame - Gap;
        var chosen = new List<Column> { Columns[0] };
        foreach (var column in new[] { Columns[3], Columns[4], Columns[2], Columns[1] })
        {
            // Steps are always told; any other column only beside a whole name.
            if (chosen.Count == 1 || room - Gap - WidthOf(column) >= longest)
            {
                chosen.Add(column);
                room -= Gap + WidthOf(column);
            }
        }

        return ([.. Columns.Where(chosen.Contains)], Math.Clamp(room, Columns[0].Header.Length, longest));
    }

    private string TimeLeft()
    {
        var left = sweep.Runs.Sum(run => run.CostLeft);
        var paid = costAtStart - left;
        return paid <= 0 ? "?:??" : DurationText.OfSeconds(Stopwatch.GetElapsedTime(start).TotalSeconds * (left / paid));
    }

    private static string Bar(SweepRun run)
    {
        const int Cells = 20;
        var full = (int)((long)Cells * run.StepsDone / run.Spec.Protocol.Steps);
        return $"[green]{new string('━', full)}[/][grey]{new string('━', Cells - full)}[/]";
    }

    private static string Word(SweepState state) => state switch
    {
        SweepState.Finished => "finished",
        SweepState.Failed => "failed",
        SweepState.TakenElsewhere => "another process is making it",
        _ => "stopped",
    };

    private sealed record Column(string Header, Func<SweepRun, string> Cell);
}
