using System.CommandLine;
using System.Diagnostics;
using Ndt.Cli.Jupyter;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt kernel</c>: the notebooks in Jupyter and editors that speak its protocol.</summary>
internal static class KernelCommand
{
    internal static Command Create() => new("kernel", "Installs and runs the kernel for Jupyter and editors that speak its protocol.")
    {
        Install(),
        Start(),
    };

    private static Command Install()
    {
        var user = new Option<bool>("--user") { Description = "Installs for this user; the default." };
        var prefix = new Option<string?>("--prefix") { Description = "Installs below DIR/share/jupyter.", HelpName = "DIR" };
        var sys = new Option<bool>("--sys-prefix") { Description = "Installs into the active Python environment." };
        var command = new Command("install", "Tells Jupyter about this kernel; prints the folder that it wrote.") { user, prefix, sys };
        command.SetAction(parsed =>
        {
            var folder = (parsed.GetValue(user), parsed.GetValue(prefix), parsed.GetValue(sys)) switch
            {
                (_, null, false) => KernelSpecification.UserFolder(),
                (false, { } named, false) => KernelSpecification.PrefixFolder(named),
                (false, null, true) => KernelSpecification.PrefixFolder(PythonPrefix()),
                _ => throw new InputException("--user, --prefix and --sys-prefix exclude each other; give one of them"),
            };
            Console.WriteLine(KernelSpecification.Install(folder));
        });
        return command;
    }

    private static SignalHandlingCommand Start()
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The file in which Jupyter says how the kernel can reach it." };
        var command = new SignalHandlingCommand("start", "Serves a Jupyter client. Jupyter starts this itself.") { file };
        // Clients pass on what they do not know themselves (jupyter run: the files to run), and expect a kernel to ignore it.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, _) =>
        {
            await Kernel.RunAsync(ConnectionFile.Read(parsed.GetRequiredValue(file))).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static string PythonPrefix()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import sys; print(sys.prefix)"]) { RedirectStandardOutput = true })!;
            var prefix = python.StandardOutput.ReadToEnd().Trim();
            python.WaitForExit();
            return Directory.Exists(prefix) ? prefix : throw new InputException("--sys-prefix: python3 named no folder; use --prefix DIR");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InputException("--sys-prefix: there is no python3 to ask for its folder; use --prefix DIR", e);
        }
    }
}
