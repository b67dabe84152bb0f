using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using Ndt.Models;

namespace Ndt.Benchmarks;

/// <summary>The one command: measures the groups one after the other and writes the report after each, so that nothing is lost.</summary>
internal static class BenchmarkCommand
{
    /// <summary>Runs the command line; 0 done, 1 the work failed, 2 wrong use or input.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"benchmarks: {error.Message}");
            }

            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is InputException or WorkFailedException)
        {
            await Console.Error.WriteLineAsync($"benchmarks: {e.Message}");
            return e is InputException ? 2 : 1;
        }
    }

    private static RootCommand Create()
    {
        var only = new Option<string?>("--only") { Description = $"Groups, separated by commas: {string.Join(", ", BenchmarkOptions.AllGroups)}; without it all.", HelpName = "NAME,NAME" };
        var architectures = new Option<string?>("--architectures") { Description = "Architectures, separated by commas; without it all, and four of them in PyTorch.", HelpName = "NAME,NAME" };
        var steps = new Option<int?>("--steps") { Description = "Optimiser steps of a block, rounded down to fives; without it about a second's worth, at most 2000.", HelpName = "N" };
        var repeats = new Option<int?>("--repeats") { Description = "Rounds of blocks that take turns; 7 without it.", HelpName = "N" };
        var python = new Option<string?>("--python") { Description = "A Python with PyTorch to compare with; /usr/bin/python3 without it.", HelpName = "PATH" };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for report.md and report.csv; without it benchmarks/, and artifacts/benchmarks/ with --only, --architectures or --smoke.", HelpName = "DIR" };
        var smoke = new Option<bool>("--smoke") { Description = "Only tries that everything works: one architecture, ten steps, two rounds." };
        var command = new RootCommand("Measures what the parts and the whole of Ndt cost, and writes one report.") { only, architectures, steps, repeats, python, output, smoke };
        command.SetAction(parsed =>
        {
            var scratch = Path.Combine(ProjectFolder.Root, "artifacts", "benchmarks");
            var isPart = parsed.GetValue(smoke) || parsed.GetValue(only) is not null || parsed.GetValue(architectures) is not null;
            var options = new BenchmarkOptions
            {
                Output = parsed.GetValue(output)?.FullName ?? (isPart ? scratch : Path.Combine(ProjectFolder.Root, "benchmarks")),
                Scratch = scratch,
            };
            if (parsed.GetValue(smoke))
            {
                options = options with { Smoke = true, Architectures = ["mlp_narrow"], PyTorchArchitectures = ["mlp_narrow"], Steps = 10, Repeats = 2 };
            }

            if (parsed.GetValue(only) is { } groups)
            {
                options = options with { Groups = Names(only, groups, BenchmarkOptions.AllGroups) };
            }

            if (parsed.GetValue(architectures) is { } list)
            {
                var names = Names(architectures, list, [.. ArchitectureCatalogue.All.Select(spec => spec.Name)]);
                options = options with { Architectures = names, PyTorchArchitectures = names };
            }

            Run(options with
            {
                Steps = AtLeast(TrainingSetup.MeasureEvery, steps, parsed.GetValue(steps)) ?? options.Steps,
                Repeats = AtLeast(1, repeats, parsed.GetValue(repeats)) ?? options.Repeats,
                Python = parsed.GetValue(python) ?? options.Python,
            });
        });
        return command;
    }

    private static void Run(BenchmarkOptions options)
    {
        if (typeof(BenchmarkCommand).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            throw new InputException("this is a debug build, whose times say nothing; run it with -c Release");
        }

        var samples = new SampleSet();
        var report = new Report(options);
        foreach (var group in options.Groups)
        {
            Action<SampleSet, BenchmarkOptions> measure = group switch
            {
                MeasuringWays.Name => MeasuringWays.Run,
                WholeRuns.Name => WholeRuns.Run,
                PyTorchComparison.Name => PyTorchComparison.Run,
                MatrixProducts.Name => MatrixProducts.Run,
                PartsRun.Name => PartsRun.Run,
                _ => NdtCommands.Run,
            };
            measure(samples, options);
            report.Write(samples);
        }

        Console.WriteLine(report.Path);
    }

    private static string[] Names(Option option, string list, IReadOnlyList<string> known)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length > 0 && names.All(known.Contains)
            ? [.. names.Distinct()]
            : throw new InputException($"{option.Name} is '{list}'; known: {string.Join(", ", known)}");
    }

    private static int? AtLeast(int least, Option option, int? value) =>
        value is { } number && number < least ? throw new InputException($"{option.Name} is {number}; expected {least} or more") : value;
}
