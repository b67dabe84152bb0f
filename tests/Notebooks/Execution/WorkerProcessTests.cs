using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Tests.Notebooks.Execution;

[Trait("Category", "Integration")]
public sealed class WorkerProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_worker_that_dies_in_the_middle_of_a_message_has_died_in_its_cell()
    {
        // The last argument of a worker is its end of the pipe for answers.
        var outcome = await RunAsync("""
            using (var pipe = new System.IO.FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(nint.Parse(Environment.GetCommandLineArgs()[^1]), false), System.IO.FileAccess.Write, 0))
            {
                pipe.Write("{\"is\": \"str"u8);
            }

            Environment.Exit(7);
            """, TestContext.Current.CancellationToken);
        Assert.Equal(("ProcessExited", "cell[1]: the cell ended the process that runs the notebook (exit code 7)"), (outcome.Error!.Name, outcome.Error.Message));
    }

    [Fact]
    public async Task A_worker_s_death_is_seen_though_a_process_of_its_cell_holds_its_pipe_open()
    {
        var outcome = await RunAsync("""System.Diagnostics.Process.Start("sleep", "120"); Environment.Exit(8);""", TestContext.Current.CancellationToken);
        Assert.Equal("cell[1]: the cell ended the process that runs the notebook (exit code 8)", outcome.Error!.Message);
    }

    [Fact]
    public async Task A_stop_before_the_cell_has_begun_stops_it()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var outcome = await RunAsync("while (true) { }", stopped.Token);
        Assert.Equal("Interrupted", outcome.Error!.Name);
    }

    [Fact]
    public async Task A_stop_between_two_cells_blames_none()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var document = NotebookDocument.Parse("""{"cells": [{"cell_type": "code", "metadata": {}, "source": "1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n");
        var runner = new NotebookRunner(new RunOptions(), _ => { }, new Silence(), TimeProvider.System);
        Assert.False(await runner.ExecuteAsync(document, folder.PathOf("n.ipynb"), stopped.Token).WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Empty(document.Cells[0].Outputs);
    }

    private async Task<CellOutcome> RunAsync(string code, CancellationToken stop)
    {
        using var worker = new WorkerProcess(folder.Root);
        return await worker.RunAsync(new WorkerMessage.Run(code, 1, null, "csharp"), new RecordingSink(), stop).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private sealed class Silence : IRunProgress
    {
        public void CellBegins(string notebook, int cell, int cells, string firstLine)
        {
        }

        public void CellFailed(string notebook, CellError error)
        {
        }

        public void NotebookEnds(string notebook, TimeSpan elapsed, bool succeeded)
        {
        }
    }
}
