using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Jupyter;

/// <summary>What tells Jupyter how to start this kernel: a folder <c>kernels/ndt</c> with a <c>kernel.json</c>.</summary>
internal static class KernelSpecification
{
    /// <summary>Writes the specification below a data folder of Jupyter's; the folder it wrote.</summary>
    public static string Install(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "kernels", HostIdentity.KernelName);
        AtomicFile.WriteText(Path.Combine(folder, "kernel.json"), JsonOutput.Of(writer => Content().WriteTo(writer)));
        return folder;
    }

    /// <summary>The user's data folder of Jupyter's: <c>$JUPYTER_DATA_DIR</c>, else where the system keeps such data.</summary>
    public static string UserFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named)
        {
            return named;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        }

        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }

    /// <summary>The data folder below an installation's prefix.</summary>
    public static string PrefixFolder(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter");

    private static JsonObject Content() => new()
    {
        ["argv"] = new JsonArray([.. HostProgram.Command().Concat(["kernel", "start", "{connection_file}"]).Select(a => (JsonNode)a)]),
        ["display_name"] = HostIdentity.DisplayName,
        ["language"] = HostIdentity.Language,
        ["interrupt_mode"] = "message",
        ["env"] = new JsonObject(HostProgram.CellEnvironment().Select(v => KeyValuePair.Create(v.Name, (JsonNode?)v.Value))),
        ["metadata"] = new JsonObject { ["debugger"] = false },
    };
}
