using Ndt.Cli.Notebooks.Display;
using Ndt.Cli.Notebooks.Execution;
using Ndt.Cli.Pages;

namespace Ndt.Cli.Notebooks;

/// <summary>Runs notebooks from top to bottom, each in a process of its own, and stores what their cells show.</summary>
/// <param name="options">How to run them.</param>
/// <param name="complete">Adds to a shown value the forms that the cell's process cannot make: a figure's image.</param>
/// <param name="progress">Who is told how it goes.</param>
/// <param name="time">The clock that says how long it took.</param>
internal sealed class NotebookRunner(RunOptions options, Action<DisplayData> complete, IRunProgress progress, TimeProvider time)
{
    /// <summary>
    /// Runs one notebook and writes it, also when a cell fails or the run is stopped; whether all cells succeeded. But a notebook that is run in place and stopped
    /// stays as it was: what it holds of an earlier run is not given away for half of this one. Throws <see cref="InputException"/>, before anything runs, where the
    /// file or a parameter is wrong.
    /// </summary>
    public async Task<bool> RunAsync(string path, CancellationToken cancel)
    {
        var document = Prepare(path, options);
        var started = time.GetTimestamp();
        var succeeded = await ExecuteAsync(document, path, cancel).ConfigureAwait(false);
        if (cancel.IsCancellationRequested && options.OutputFolder is null)
        {
            throw new WorkFailedException($"stopped; {path} is as it was");
        }

        document.NormaliseMetadata();
        document.Save(Target(path));
        if (options.Pages.ContainsKey(Path.GetFullPath(path)))
        {
            NotebookPage.Write(document, path, options.Pages, options.PageHome);
        }

        progress.NotebookEnds(path, time.GetElapsedTime(started), succeeded);
        cancel.ThrowIfCancellationRequested();
        return succeeded;
    }

    /// <summary>The notebook with its parameters set: what will run. Checks everything that can be checked before.</summary>
    public static NotebookDocument Prepare(string path, RunOptions options)
    {
        var document = NotebookDocument.ReadToRun(path);
        NotebookParameters.Inject(document, options.Parameters, path);
        return document;
    }

    /// <summary>Runs the cells of a notebook in the folder of <paramref name="path"/>; their outputs replace the stored ones.</summary>
    public async Task<bool> ExecuteAsync(NotebookDocument document, string path, CancellationToken cancel)
    {
        var cells = document.Cells.Where(c => c.IsRun).ToArray();
        foreach (var cell in cells)
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }

        using var worker = new WorkerProcess(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var outputs = new OutputCollector(complete);
        var succeeded = true;
        var i = 0;
        for (; i < cells.Length && !cancel.IsCancellationRequested; i++)
        {
            progress.CellBegins(path, i + 1, cells.Length, cells[i].Source.Split('\n')[0]);
            outputs.Begin(cells[i], i + 1);
            var outcome = await worker.RunAsync(new WorkerMessage.Run(cells[i].Source, i + 1, options.CellLimit?.TotalSeconds, cells[i].Language), outputs, cancel).ConfigureAwait(false);
            outputs.End();
            if (outcome.Error is not { } error || cells[i].MayFail)
            {
                continue;
            }

            succeeded = false;
            progress.CellFailed(path, error);
            if (!options.AllowErrors || worker.IsGone)
            {
                break;
            }
        }

        // Stopped between two cells, no cell has failed, but neither have all succeeded.
        return succeeded && i == cells.Length;
    }

    private string Target(string path) =>
        options.OutputFolder is { } folder ? Path.Combine(folder, Path.GetFileName(path)) : path;
}
