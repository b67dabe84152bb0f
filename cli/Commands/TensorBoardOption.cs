using System.CommandLine;

namespace Ndt.Cli.Commands;

/// <summary>The option <c>--tensorboard DIR</c> of the commands that train.</summary>
internal static class TensorBoardOption
{
    public static Option<DirectoryInfo?> Create() => new("--tensorboard")
    {
        Description = "Folder for TensorBoard's event files, one folder per run in it, written while the run goes on: loss, accuracy, and every layer's metrics over updates (tensorboard --logdir DIR).",
    };

    /// <summary>Creates the folder, where it is missing, and sees that it can be written to.</summary>
    public static void Prepare(DirectoryInfo? folder)
    {
        if (folder is not null)
        {
            WritableFolder.Require(folder.FullName, $"--tensorboard {folder}");
        }
    }
}
