using Ndt.Tests.Faults;

namespace Ndt.Tests;

[Trait("Category", "Integration")]
public sealed class ProgressOnTerminalTests
{
    public static TheoryData<int> Widths => [40, 120];

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_progress_of_a_run_is_one_line_that_is_no_wider_than_the_terminal(int columns)
    {
        using var folder = new TemporaryFolder();
        var (code, lines, ends) = PseudoTerminal.Run(columns, folder.Root, "train", "mlp_narrow", "fashion_mnist", "--steps", "300", "--device", "cpu", "--out", folder.PathOf("out"));
        Assert.Equal((0, 0), (code, ends));
        Assert.Contains(lines, line => line.Contains("/300  loss ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length < columns, line));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_table_of_a_sweep_is_no_wider_than_the_terminal(int columns)
    {
        using var folder = new TemporaryFolder();
        var (code, lines, _) = PseudoTerminal.Run(
            columns, folder.Root, "sweep", "--architectures", "transformer_shallow", "--datasets", "fashion_mnist", "--seeds", "0..1", "--steps", "40", "--workers", "2", "--out", folder.PathOf("out"));
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("/40", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= columns, line));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_progress_of_notebooks_is_no_wider_than_the_terminal(int columns)
    {
        using var folder = new TemporaryFolder();
        var notebook = folder.PathOf("a_notebook_with_a_name_that_is_longer_than_most.ipynb");
        MadeNotebook.Write(notebook, "await System.Threading.Tasks.Task.Delay(300); // a first line that goes on and on, well beyond the end of a narrow terminal and beyond that of a wide one as well");
        var (code, lines, _) = PseudoTerminal.Run(columns, folder.Root, "notebooks", "run", notebook, "--output-dir", folder.PathOf("out"));
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("cell 1 of 1", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= columns, line));
    }

    [Fact]
    public void Quiet_commands_show_nothing_while_they_work()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal((0, 0), Sent("train", "mlp_narrow", "mnist", "--steps", "30", "--device", "cpu", "--quiet", "--out", folder.PathOf("train")));
        Assert.Equal((0, 0), Sent("sweep", "-q", "--architectures", "mlp_narrow", "--datasets", "mnist", "--seeds", "0", "--steps", "10", "--out", folder.PathOf("sweep")));
        var notebook = folder.PathOf("one.ipynb");
        MadeNotebook.Write(notebook, "1 + 1");
        Assert.Equal((0, 0), Sent("notebooks", "run", notebook, "-q"));

        (int Code, int Lines) Sent(params ReadOnlySpan<string> arguments)
        {
            var (code, lines, _) = PseudoTerminal.Run(80, folder.Root, arguments);
            return (code, lines.Length);
        }
    }
}
