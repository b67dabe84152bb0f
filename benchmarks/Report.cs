using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ndt.Benchmarks.Parts;
using Ndt.Statistics;

namespace Ndt.Benchmarks;

/// <summary>Writes report.md, and report.csv with every time taken.</summary>
internal sealed class Report(BenchmarkOptions options)
{
    private const double StudySteps = 2000;
    private const double StudyMeasurements = 400;

    private readonly DateTime begun = DateTime.UtcNow;
    private readonly double loadBefore = MachineDescription.Load;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>The report's file.</summary>
    public string Path { get; } = System.IO.Path.Combine(options.Output, "report.md");

    /// <summary>Writes what there is so far.</summary>
    public void Write(SampleSet samples)
    {
        var text = new StringBuilder();
        Introduction(text);
        Machine(text, samples);
        Measuring(text, samples);
        Runs(text, samples);
        PyTorch(text, samples);
        Products(text, samples);
        foreach (var (type, title) in new[]
        {
            (typeof(SpectrumRoutes), "two spectra (uncentred, centred) of an activation matrix in single precision"),
            (typeof(AdamUpdates), "one Adam update of a network's parameters"),
            (typeof(ChangePoints), "change points of a series"),
        })
        {
            Part(text, samples, type.Name, title);
        }

        Commands(text, samples);
        LeftOut(text, samples);
        AtomicFile.WriteText(Path, text.ToString());
        AtomicFile.WriteText(System.IO.Path.ChangeExtension(Path, ".csv"), samples.ToCsv());
    }

    private void Introduction(StringBuilder text)
    {
        text.Append("""
            # Benchmarks

            Written by `dotnet run --project Ndt.Benchmarks.csproj -c Release`; all times taken are in report.csv beside it.

            Figures are medians over rounds, with the least and the most in brackets. Where ways are compared, blocks of each take turns
            in one process, and a ratio is the median of the rounds' own ratios.

            """);
        if (options.Smoke)
        {
            text.Append("\n**A smoke run: it shows that everything works; its figures mean nothing.**\n");
        }
    }

    private void Machine(StringBuilder text, SampleSet samples)
    {
        text.Append("\n## Machine\n");
        Table(text, ["", ""]);
        var load = double.IsNaN(loadBefore) ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{loadBefore:F1} before, {MachineDescription.Load:F1} at the end (the benchmarks themselves are about 1)");
        var rows = MachineDescription.Rows()
            .Append(("PyTorch", samples.NoteOf(PyTorchComparison.Name)))
            .Append(("NumPy", samples.NoteOf(MatrixProducts.Name)))
            .Append(("date", string.Create(CultureInfo.InvariantCulture, $"{begun:yyyy-MM-dd HH:mm} UTC, took {clock.Elapsed.TotalMinutes:F1} minutes")))
            .Append(("load", load))
            .Append(("rounds", string.Create(CultureInfo.InvariantCulture, $"{options.Repeats}, in blocks of {(options.Steps is { } steps ? $"{steps} steps" : $"about {options.BlockSeconds} s")}")));
        foreach (var (name, value) in rows.Where(row => row.Item2.Length > 0))
        {
            Row(text, name, value);
        }
    }

    private static void Measuring(StringBuilder text, SampleSet samples)
    {
        if (samples.Subjects(MeasuringWays.Name) is not { Count: > 0 } architectures)
        {
            return;
        }

        text.Append("""

            ## Measuring all layers once

            The study's way on the same engine: five forward passes of 32, then two norms and three full singular value decompositions
            of every layer's matrix in single precision. Ours: one forward pass of 160, then for every layer both spectra, uncentred and
            centred, in double precision, and fourteen estimates; in a transformer also of the token means. The floor is the
            forward pass alone. Milliseconds.

            """);
        Table(text, ["architecture", "study's way", "ours", "study's way / ours", "floor", "ours / floor"]);
        foreach (var architecture in architectures)
        {
            double[] Of(string quantity) => samples.Of(MeasuringWays.Name, architecture, quantity);
            Row(
                text, architecture, Milliseconds(Of(MeasuringWays.Study)), Milliseconds(Of(MeasuringWays.Ours)),
                Ratio(samples, MeasuringWays.Name, architecture, MeasuringWays.Study, MeasuringWays.Ours),
                Milliseconds(Of(MeasuringWays.Forward)),
                Ratio(samples, MeasuringWays.Name, architecture, MeasuringWays.Ours, MeasuringWays.Forward));
        }
    }

    private static void Runs(StringBuilder text, SampleSet samples)
    {
        if (samples.Subjects(WholeRuns.Name) is not { Count: > 0 } architectures)
        {
            return;
        }

        text.Append("""

            ## Whole runs

            Training by the study's protocol on MNIST: bare steps; the floor, which adds a forward pass over the probe after every
            fifth step; and the whole, with everything that a record holds. Milliseconds a step. Of the whole, *forwards* and *spectra*
            are the tracker's own count, as in records; *rest* is what neither they nor the bare step explain: loss and gradient norm, and noise.
            Bare steps and the floor's forward passes use the same products as the whole (see *matrix products* above).
            The aim is 1.10 of the floor; [README.md](README.md) says why MLPs miss it, and what was tried.

            """);
        Table(text, ["architecture", "bare", "floor", "whole", "whole / floor", "whole / bare", "forwards", "spectra", "rest"]);
        foreach (var architecture in architectures)
        {
            double[] Of(string quantity) => samples.Of(WholeRuns.Name, architecture, quantity);
            var rest = samples.Paired(
                WholeRuns.Name, architecture, [WholeRuns.Whole, WholeRuns.Bare, WholeRuns.Forwards, WholeRuns.Spectra], v => v[0] - v[1] - v[2] - v[3]);
            Row(
                text, architecture, Milliseconds(Of(WholeRuns.Bare)), Milliseconds(Of(WholeRuns.Floor)), Milliseconds(Of(WholeRuns.Whole)),
                Ratio(samples, WholeRuns.Name, architecture, WholeRuns.Whole, WholeRuns.Floor),
                Ratio(samples, WholeRuns.Name, architecture, WholeRuns.Whole, WholeRuns.Bare),
                Milliseconds(Of(WholeRuns.Forwards)), Milliseconds(Of(WholeRuns.Spectra)), Milliseconds(rest));
        }
    }

    private static void PyTorch(StringBuilder text, SampleSet samples)
    {
        if (samples.Subjects(PyTorchComparison.Name) is not { Count: > 0 } architectures)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"""

            ## The same protocol in PyTorch

            `pytorch_protocol.py` in a process of its own, on one thread, taking turns with ours. It measures in two ways: the study's, its
            spectral norm put right; and with care, by one forward pass and one decomposition a layer in double precision. Neither measures
            what ours does beside it, the centred matrices and token means. *Run* is 2,000 steps and 400 measurements, PyTorch's time over
            ours. Milliseconds. Both keep freed memory; without that page faults would decide PyTorch's times of CNNs. It has {samples.NoteOf(PyTorchComparison.Name)}.
            OpenBLAS chooses its kernels itself: variables that would choose for it are unset for that process.

            """);
        WarnOfReferenceBlas(text, samples.NoteOf(PyTorchComparison.Name));
        Table(text, ["architecture", "step, ours", "PyTorch", "measurement, ours", "study's way", "with care", "run, study's way", "run, with care"]);
        foreach (var architecture in architectures)
        {
            double[] Of(string quantity) => samples.Of(PyTorchComparison.Name, architecture, quantity);
            string Run(string measurement) => Text(samples.Paired(
                PyTorchComparison.Name, architecture, [PyTorchComparison.TheirStep, measurement, PyTorchComparison.OurStep, PyTorchComparison.OurMeasurement],
                v => ((StudySteps * v[0]) + (StudyMeasurements * v[1])) / ((StudySteps * v[2]) + (StudyMeasurements * v[3]))));
            Row(
                text, architecture, Milliseconds(Of(PyTorchComparison.OurStep)), Milliseconds(Of(PyTorchComparison.TheirStep)),
                Milliseconds(Of(PyTorchComparison.OurMeasurement)), Milliseconds(Of(PyTorchComparison.StudyMeasurement)), Milliseconds(Of(PyTorchComparison.CarefulMeasurement)),
                Run(PyTorchComparison.StudyMeasurement), Run(PyTorchComparison.CarefulMeasurement));
        }
    }

    private static void Products(StringBuilder text, SampleSet samples)
    {
        if (samples.Subjects(MatrixProducts.Name) is not { Count: > 0 } products)
        {
            return;
        }

        // Least times: whatever else runs can only lengthen them.
        double Least(string quantity) => samples.Of(ProcessorLimit.Name, ProcessorLimit.Subject, quantity).Min();
        var clock = 1 / Least(ProcessorLimit.Cycle);
        var fused = Least(ProcessorLimit.Cycle) / Least(ProcessorLimit.FusedMultiplyAdd);
        var units = Math.Max(Math.Round(fused), 1);
        var perCycle = ProcessorLimit.OperationsPerCycle(units);
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Matrix products at our shapes

            In single precision, on one thread, in turn: rows × inner × columns. Ours and libtorch's include a new tensor for the result, as
            in a layer. GFLOP/s; then the ratio of these rates; then the share that each reaches of the physical limit,
            {Figure(clock / 1e9)} GHz × {units:F0} units × {ProcessorLimit.Lanes} lanes × 2 operations = {Figure(clock * perCycle / 1e9)} GFLOP/s. The clock is one over the time of a step in a chain of
            integer operations, each of which waits one cycle for the last; for the shares it is measured in turn with the product.
            Ten independent chains of fused multiply-adds make {Figure(fused)} of them a cycle, hence the units.
            {(samples.NoteOf(MatrixProducts.Name) is { Length: > 0 } note ? $"NumPy's process has {note}." : "There is no NumPy.")}

            """);
        WarnOfReferenceBlas(text, samples.NoteOf(MatrixProducts.Name));
        var ways = samples.Quantities(MatrixProducts.Name).Where(way => way != ProcessorLimit.Cycle).ToArray();
        Table(text, ["product", .. ways, .. ways.Skip(1).Select(way => $"{ways[0]} / {way}"), .. ways.Select(way => $"{way}, share")]);
        foreach (var shape in ProductShape.All.Where(shape => products.Contains(shape.Subject)))
        {
            var subject = shape.Subject;
            Row(
                text,
                [
                    subject,
                    .. ways.Select(way => Text([.. samples.Of(MatrixProducts.Name, subject, way).Select(seconds => shape.Operations / seconds / 1e9)])),
                    .. ways.Skip(1).Select(way => Ratio(samples, MatrixProducts.Name, subject, way, ways[0])),
                    .. ways.Select(way => Text(samples.Paired(MatrixProducts.Name, subject, [way, ProcessorLimit.Cycle], v => shape.Operations / perCycle * v[1] / v[0]))),
                ]);
        }
    }

    private static void WarnOfReferenceBlas(StringBuilder text, string libraries)
    {
        if (libraries.Contains("blas/libblas", StringComparison.Ordinal))
        {
            text.Append("\n**This is the reference BLAS, several times slower than an optimised one (Debian: libopenblas0-pthread): no fair comparison.**\n");
        }
    }

    // The first quantity is ours.
    private static void Part(StringBuilder text, SampleSet samples, string benchmark, string title)
    {
        if (samples.Quantities(benchmark) is not { Count: > 0 } quantities)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## Part: {title}\n\nMicroseconds, by BenchmarkDotNet, one after the other in one process; the last column is a ratio of medians.\n");
        Table(text, ["", .. quantities, $"fastest other / {quantities[0]}"]);
        foreach (var subject in samples.Subjects(benchmark))
        {
            var times = quantities.Select(quantity => samples.Of(benchmark, subject, quantity)).ToArray();
            var fastestOther = times.Skip(1).Min(Median);
            Row(text, [subject, .. times.Select(t => Text([.. t.Select(seconds => seconds * 1e6)])), Figure(fastestOther / Median(times[0]))]);
        }
    }

    private static void Commands(StringBuilder text, SampleSet samples)
    {
        if (samples.Subjects(NdtCommands.Name) is not { Count: > 0 } commands)
        {
            return;
        }

        text.Append("\n## Commands\n\nSeconds from the start of the process to its end.\n");
        Table(text, ["command", "s"]);
        foreach (var command in commands)
        {
            Row(text, command, Text(samples.Of(NdtCommands.Name, command, NdtCommands.Seconds)));
        }
    }

    private static void LeftOut(StringBuilder text, SampleSet samples)
    {
        if (samples.LeftOut.Count > 0)
        {
            text.Append("\n## Left out\n\n");
            foreach (var reason in samples.LeftOut)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {reason}\n");
            }
        }
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> header)
    {
        text.Append('\n');
        Row(text, [.. header]);
        Row(text, [.. header.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    private static void Row(StringBuilder text, params IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Milliseconds(double[] seconds) => Text([.. seconds.Select(s => s * 1e3)]);

    private static string Ratio(SampleSet samples, string benchmark, string subject, string numerator, string denominator) =>
        Text(samples.Paired(benchmark, subject, [numerator, denominator], v => v[0] / v[1]));

    private static string Text(double[] values) => values.Length == 0 ? "" : $"{Figure(Median(values))} ({Figure(values.Min())}–{Figure(values.Max())})";

    private static double Median(double[] values) => Percentiles.Quantile(values, 0.5);

    private static string Figure(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "F0", >= 10 => "F1", >= 1 => "F2", _ => "F3" }, CultureInfo.InvariantCulture);
}
