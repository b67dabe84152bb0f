using System.CommandLine;
using System.CommandLine.Invocation;
using Ndt.Cli.Commands;

namespace Ndt.Cli;

/// <summary>The <c>ndt</c> command: its subcommands, and how failures become messages and exit codes.</summary>
internal static class NdtCommand
{
    /// <summary>How long a command without a state to keep may take to stop: what Slurm, too, leaves a job between SIGTERM and SIGKILL by default.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The command with all its subcommands.</summary>
    internal static RootCommand Create()
    {
        var root = new RootCommand("Measures how the dimensionality of a network's activations changes while it trains.")
        {
            ReproduceCommand.Create(),
            NotebooksCommand.Create(),
            PagesCommand.Create(),
            KernelCommand.Create(),
            NotebookWorkerCommand.Create(),
            FetchCommand.Create(),
            SamplesCommand.Create(),
            TrainCommand.Create(),
            SweepCommand.Create(),
            DevicesCommand.Create(),
            MeasureCommand.Create(),
            SimilarityCommand.Create(),
            PhaseTwoCommand.Create(),
            ShowCommand.Create(),
            BenchDetectorCommand.Create(),
            AnalyzeCommand.Create(),
            RecordsCommand.Create(),
            CheckpointsCommand.Create(),
            ClaimsCommand.Create(),
            DocsCommand.Create(),
        };
        root.Options.OfType<VersionOption>().Single().Action = new ShortVersion();
        return root;
    }

    /// <summary>Runs the command line; 0 done, 1 the work failed, 2 wrong use or input.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (UsageErrors.Find(parsed, args) is { } fault)
        {
            await Console.Error.WriteLineAsync($"ndt: {fault}");
            return 2;
        }

        // Commands that cannot be cancelled, the short ones, end at a signal as any process does.
        using var signals = parsed.Action is AsynchronousCommandLineAction && parsed.CommandResult.Command is not SignalHandlingCommand ? new StopSignals(Patience) : null;
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals?.Token ?? CancellationToken.None);
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync($"ndt: {e.Message}");
            return 2;
        }
        catch (WorkFailedException e)
        {
            await Console.Error.WriteLineAsync($"ndt: {e.Message}");
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"ndt: {e.Message.Split('\n')[0]}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("ndt: stopped");
            return 1;
        }
    }
}
