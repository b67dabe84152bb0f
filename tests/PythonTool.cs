using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ndt.Tests;

/// <summary>Runs Python: PyTorch and NumPy to compare with, and Jupyter's own clients against this build's kernel. Tests skip where they are not installed.</summary>
internal static class PythonTool
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];
    private static readonly ConcurrentDictionary<string, string?> Found = new();

    /// <summary>The first Python that has the modules; skips the test, saying what is missing, where none has. They are looked for and not imported: that takes seconds for torch.</summary>
    public static string WithModules(params string[] modules)
    {
        const string Probe = "import sys; from importlib.util import find_spec; sys.exit(any(find_spec(name) is None for name in sys.argv[1:]))";
        var names = string.Join(", ", modules);
        var python = Found.GetOrAdd(names, _ => Interpreters.FirstOrDefault(interpreter => Run(interpreter, ["-c", Probe, .. modules], null).ExitCode == 0));
        Assert.SkipWhen(python is null, $"no python3{(modules.Length > 0 ? $" with {names}" : "")} (Debian: python3-torch, python3-numpy, python3-nbclient, jupyter-nbconvert, python3-jupyter-kernel-test)");
        return python!;
    }

    /// <summary>Runs Python with a folder of Jupyter data; its exit code and all it printed.</summary>
    public static (int ExitCode, string Text) Run(string python, string[] arguments, string? jupyterData)
    {
        var (code, output, error) = End(python, arguments, jupyterData);
        return (code, output + error);
    }

    /// <summary>What Python writes to its standard output, once it has ended well.</summary>
    public static string Output(string python, params string[] arguments)
    {
        var (code, output, error) = End(python, arguments, jupyterData: null);
        Assert.True(code == 0, error);
        return output;
    }

    private static (int Code, string Output, string Error) End(string python, string[] arguments, string? jupyterData)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (jupyterData is not null)
        {
            start.Environment["JUPYTER_PATH"] = jupyterData;
        }

        try
        {
            using var process = Process.Start(start)!;
            return NdtProcess.End(process);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (127, "", e.Message);
        }
    }
}
