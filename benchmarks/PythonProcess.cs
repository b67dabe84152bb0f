using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ndt.Benchmarks;

/// <summary>A running script of this folder, which works only while it is asked: it reads lines "WHAT COUNT" and answers each with seconds.</summary>
internal sealed class PythonProcess : IDisposable
{
    private readonly Process process;
    private readonly string script;

    private PythonProcess(Process process, string script, string about) => (this.process, this.script, About) = (process, script, about);

    /// <summary>What it runs on: versions, the linear algebra libraries that are loaded, and the kernels that OpenBLAS chose.</summary>
    public string About { get; }

    /// <summary>Whether a Python has these modules; false too where there is no such Python.</summary>
    public static bool IsThere(string python, string modules)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", $"import {modules}"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Starts a script, on one thread and with OpenBLAS free to choose its kernels; throws <see cref="WorkFailedException"/> where it fails.</summary>
    public static PythonProcess Start(string python, string script, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(ProjectFolder.Root, "benchmarks", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Settings for another processor or another number of threads than the machine's are none of the comparison's.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        foreach (var library in (ReadOnlySpan<string>)["OMP", "OPENBLAS", "MKL"])
        {
            start.Environment[$"{library}_NUM_THREADS"] = "1";
        }

        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1"; // the scripts' folder is the repository's

        // As TorchProcess sets it for ours: glibc keeps freed blocks. Page faults would take longer than a network's convolutions otherwise.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "1073741824";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "2147483647";
        var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine() ?? throw new WorkFailedException($"{python} benchmarks/{script} {string.Join(' ', arguments)}".TrimEnd() + " ended before it began; its message stands above");
        return new PythonProcess(process, script, string.Join(", ", JsonDocument.Parse(line).RootElement.EnumerateArray()));
    }

    /// <summary>The seconds that so many units of a work took.</summary>
    public double Seconds(string work, int count)
    {
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work} {count}"));
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new WorkFailedException($"benchmarks/{script} ended at {work}; its message stands above");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
