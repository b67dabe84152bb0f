using Ndt.Cli;
using Ndt.Cli.Sweeps;
using Ndt.Models;
using Ndt.Runs;
using Ndt.Training;
using Spectre.Console;

namespace Ndt.Tests.Sweeps;

public sealed class SweepDisplayTests
{
    [Theory]
    [InlineData(40, "run|step")]
    [InlineData(60, "run|step|loss")]
    [InlineData(80, "run|protocol|step|loss")]
    [InlineData(120, "run|protocol|progress|step|loss")]
    public void A_sweeps_table_has_the_columns_that_fit_beside_the_names_of_its_runs(int width, string expected)
    {
        var lines = Render(width);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Equal(expected, string.Join('|', lines[1].Split('│', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        Assert.Contains(width == 40 ? "transformer_shallow_fash… │ 700/2000 │" : "transformer_shallow_fashion_mnist_s0 │", string.Concat(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, "1:40")]
    [InlineData(5000, "1:23:20")]
    [InlineData(90_000, "25:00:00")]
    [InlineData(double.PositiveInfinity, "23976:00:00")]
    public void A_time_keeps_its_days_as_hours(double seconds, string text) => Assert.Equal(text, DurationText.OfSeconds(seconds));

    private static string[] Render(int width)
    {
        var run = new SweepRun(new RunSpec(ArchitectureCatalogue.Find("transformer_shallow"), "fashion_mnist", 0, Protocol.Study), "folder") { State = SweepState.Running, StepsDone = 700, Loss = 0.5 };
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Write(new SweepDisplay(new Sweep([run])).Table(width));
        return writer.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
