using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Ndt.Benchmarks.Parts;
using Perfolizer.Horology;

namespace Ndt.Benchmarks;

/// <summary>Runs the benchmarks of single parts with BenchmarkDotNet, with short iterations.</summary>
/// <remarks>
/// In this process: BenchmarkDotNet's usual child project would build the library, the command and their natives once more, which
/// takes as long as the benchmarks and, beside other work, runs into its limit of two minutes.
/// </remarks>
internal static class PartsRun
{
    /// <summary>Name of the group; the samples have the name of the benchmark's class.</summary>
    public const string Name = "parts";

    private static readonly Type[] Classes = [typeof(SpectrumRoutes), typeof(AdamUpdates), typeof(ChangePoints)];

    /// <summary>The subject of benchmarks without parameters.</summary>
    public const string NoParameters = "400 values";

    /// <summary>Runs them all; BenchmarkDotNet's own account goes to parts.log in the scratch folder.</summary>
    public static void Run(SampleSet samples, BenchmarkOptions options)
    {
        Directory.CreateDirectory(options.Scratch);
        var log = Path.Combine(options.Scratch, "parts.log");
        using var logger = new StreamLogger(log);
        // The overhead of a call is nanoseconds, the shortest part microseconds.
        var job = (options.Smoke ? Job.Dry : Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(100)).WithWarmupCount(4).WithIterationCount(7).WithEvaluateOverhead(false))
            .WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(logger).WithArtifactsPath(options.Scratch).WithOptions(ConfigOptions.DisableLogFile);
        if (options.Smoke)
        {
            config.AddFilter(new SimpleFilter(benchmark => benchmark.Parameters.Items.All(item => item.Value is 32 or "mlp_narrow")));
        }

        foreach (var summary in BenchmarkRunner.Run(Classes, config))
        {
            if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(report => !report.Success))
            {
                throw new WorkFailedException($"a benchmark of a part failed; {log} says why");
            }

            foreach (var report in summary.Reports)
            {
                Add(samples, report);
            }

            Progress.Say($"{Name}: {summary.Reports[0].BenchmarkCase.Descriptor.Type.Name}, {summary.Reports.Length} benchmarks");
        }
    }

    private static void Add(SampleSet samples, BenchmarkReport report)
    {
        var descriptor = report.BenchmarkCase.Descriptor;
        var subject = report.BenchmarkCase.Parameters.Items is { Count: > 0 } items ? string.Join(", ", items.Select(Text)) : NoParameters;
        foreach (var (repeat, measurement) in report.GetResultRuns().Index())
        {
            samples.Add(descriptor.Type.Name, subject, descriptor.WorkloadMethodDisplayInfo.Trim('\''), repeat, measurement.GetAverageTime().ToSeconds());
        }
    }

    private static string Text(ParameterInstance parameter) => parameter.Value is int width ? $"160 × {width}" : $"{parameter.Value}";
}
