using System.Globalization;
using Ndt.Training;

namespace Ndt.Benchmarks;

/// <summary>Commands as a user waits for them, each in a process of its own, from start to exit; and the kernel's first and second cell.</summary>
internal static class NdtCommands
{
    /// <summary>Name in the samples.</summary>
    public const string Name = "commands";

    /// <summary>The only quantity.</summary>
    public const string Seconds = "seconds";

    private const string Notebook = "notebooks/01_phase1_convergence.ipynb";

    /// <summary>Times every command three times, in turn; in the smoke run once.</summary>
    public static void Run(SampleSet samples, BenchmarkOptions options)
    {
        var folder = Path.Combine(options.Scratch, "outputs");
        Directory.CreateDirectory(folder);
        var commands = Commands(samples, options, folder);
        for (var repeat = 0; repeat < (options.Smoke ? 1 : Math.Min(options.Repeats, 3)); repeat++)
        {
            var (first, second) = KernelStart.Measure(folder);
            samples.Add(Name, "kernel: from its start to the first cell's answer", Seconds, repeat, first);
            samples.Add(Name, "kernel: a second cell", Seconds, repeat, second);
            foreach (var (subject, arguments) in commands)
            {
                samples.Add(Name, subject, Seconds, repeat, NdtProgram.Run(arguments));
                Progress.Say($"{Name}: {subject}");
            }
        }
    }

    private static List<(string Subject, string[] Arguments)> Commands(SampleSet samples, BenchmarkOptions options, string folder)
    {
        var steps = (options.Smoke ? options.Steps : null) ?? Protocol.Study.Steps;
        var commands = new List<(string, string[])>
        {
            ($"train mlp_narrow mnist, {steps} steps", ["train", "mlp_narrow", "mnist", "--steps", steps.ToString(CultureInfo.InvariantCulture), "--out", folder]),
        };
        var archive = Path.GetFullPath(Path.Combine(ProjectFolder.Root, "..", "shared", "archive", "records"));
        if (options.Smoke)
        {
            samples.LeaveOut("analyze, notebooks run: left out of the smoke run.");
            return commands;
        }

        if (Directory.Exists(archive))
        {
            commands.Add(("analyze, the study's 55 records", ["analyze", archive, "--out", Path.Combine(folder, "analysis")]));
        }
        else
        {
            samples.LeaveOut("analyze: the study's records are not in ../shared/archive/records.");
        }

        commands.Add(($"notebooks run {Notebook}", ["notebooks", "run", Notebook, "--output-dir", Path.Combine(folder, "notebooks")]));
        return commands;
    }
}
