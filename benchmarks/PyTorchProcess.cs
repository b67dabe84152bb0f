using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ndt.Benchmarks;

/// <summary>A running <c>pytorch_protocol.py</c>: it works only while it is asked.</summary>
internal sealed class PyTorchProcess : IDisposable
{
    private readonly Process process;

    private PyTorchProcess(Process process, string about) => (this.process, About) = (process, about);

    /// <summary>What it runs on: versions, and the linear algebra libraries that are loaded.</summary>
    public string About { get; }

    /// <summary>Whether a Python has PyTorch; false too where there is no such Python.</summary>
    public static bool IsThere(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch, numpy"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Starts it for an architecture; throws <see cref="WorkFailedException"/> where it fails.</summary>
    public static PyTorchProcess Start(string python, string architecture)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(ProjectFolder.Root, "benchmarks", "pytorch_protocol.py"), architecture])
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

        // As TorchProcess sets it for ours: glibc keeps freed blocks. Page faults would take longer than a network's convolutions otherwise.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "1073741824";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "2147483647";
        var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine() ?? throw new WorkFailedException($"{python} benchmarks/pytorch_protocol.py {architecture} ended before it began; its message stands above");
        var about = JsonDocument.Parse(line).RootElement;
        return new PyTorchProcess(process, $"PyTorch {about.GetProperty("torch")}, Python {about.GetProperty("python")} and {string.Join(", ", about.GetProperty("libraries").EnumerateArray())}");
    }

    /// <summary>The seconds that so many units of a work took.</summary>
    public double Seconds(string work, int count)
    {
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work} {count}"));
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new WorkFailedException($"benchmarks/pytorch_protocol.py ended at {work}; its message stands above");
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
