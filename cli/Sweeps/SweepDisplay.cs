using System.Diagnostics;
using Spectre.Console;

namespace Ndt.Cli.Sweeps;

/// <summary>Shows a sweep while it runs: a live table on a terminal, a line per finished run elsewhere; both on standard error.</summary>
internal sealed class SweepDisplay(Sweep sweep)
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double costAtStart = sweep.Runs.Sum(run => run.CostLeft);
    private readonly Lock gate = new();

    /// <summary>Shows the sweep until it is done.</summary>
    public async Task ShowAsync(Task work)
    {
        if (Console.IsErrorRedirected)
        {
            sweep.Changed += WriteLine;
            await work;
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Live(Table()).AutoClear(true).StartAsync(async context =>
        {
            while (!work.IsCompleted)
            {
                context.UpdateTarget(Table());
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

    private Table Table()
    {
        var (done, all) = (sweep.Runs.Count(r => r.State is SweepState.Finished or SweepState.AlreadyFinished), sweep.Runs.Count);
        var failed = sweep.Runs.Count(r => r.State == SweepState.Failed);
        var elsewhere = sweep.Runs.Count(r => r.State == SweepState.TakenElsewhere);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("run", "protocol", "progress", "step", "loss");
        table.Caption($"{done} of {all} finished{(failed > 0 ? $", {failed} failed" : "")}{(elsewhere > 0 ? $", {elsewhere} made by another process" : "")} · {Stopwatch.GetElapsedTime(start):h\\:mm\\:ss} so far · {TimeLeft()} left");
        foreach (var run in sweep.Runs.Where(r => r.State == SweepState.Running))
        {
            const int Cells = 20;
            var full = (int)((long)Cells * run.StepsDone / run.Spec.Protocol.Steps);
            table.AddRow(
                run.Spec.Name, run.Spec.Protocol.Name, $"[green]{new string('━', full)}[/][grey]{new string('━', Cells - full)}[/]",
                $"{run.StepsDone}/{run.Spec.Protocol.Steps}", double.IsNaN(run.Loss) ? "" : $"{run.Loss:F4}");
        }

        return table;
    }

    private string TimeLeft()
    {
        var left = sweep.Runs.Sum(run => run.CostLeft);
        var paid = costAtStart - left;
        return paid <= 0 ? "?:??:??" : (Stopwatch.GetElapsedTime(start) * (left / paid)).ToString("h\\:mm\\:ss", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Word(SweepState state) => state switch
    {
        SweepState.Finished => "finished",
        SweepState.Failed => "failed",
        SweepState.TakenElsewhere => "another process is making it",
        _ => "stopped",
    };
}
