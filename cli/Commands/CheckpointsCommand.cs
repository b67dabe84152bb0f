using System.CommandLine;
using Ndt.Checkpoints;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt checkpoints inspect|convert</c>: what a checkpoint holds, and from one format to the other.</summary>
internal static class CheckpointsCommand
{
    internal static Command Create() =>
        new("checkpoints", "Inspects and converts checkpoints: PyTorch's, safetensors, and indexes of several files.") { CreateInspect(), CreateConvert() };

    private static Command CreateInspect()
    {
        var files = new Argument<string[]>("FILE") { Description = "Checkpoints to list, of any name: the first bytes tell the format; or folders of them.", Arity = ArgumentArity.OneOrMore };
        var json = JsonOutput.Option("one JSON array with an object per file");
        var command = new Command("inspect", "Lists each tensor (name, type, shape, range, mean, norm), the metadata and the optimiser's state.") { files, json };
        command.SetAction(parsed =>
        {
            var paths = CheckpointFile.Find(parsed.GetRequiredValue(files));
            if (parsed.GetValue(json))
            {
                Console.Write(CheckpointJson.Of(paths));
            }
            else
            {
                CheckpointTable.Write(Console.Out, paths);
            }
        });
        return command;
    }

    private static Command CreateConvert()
    {
        var source = new Argument<string>("IN") { Description = "The checkpoint to read." };
        var target = new Argument<string>("OUT") { Description = "The file to write; its extension names the format." };
        var command = new Command("convert", "Writes a checkpoint in the format of OUT's extension: .pt, .pth, .bin and .ckpt for PyTorch, or .safetensors.") { source, target };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(target);
            InputFile.RefuseFolder(path, "the name of a file to write, ending in .pt, .pth, .bin, .ckpt or .safetensors,");
            var checkpoint = CheckpointFile.Read(parsed.GetValue(source)!);
            CheckpointFile.Write(path, checkpoint);
            foreach (var note in CheckpointFile.Notes(path, checkpoint))
            {
                Console.Error.WriteLine($"ndt: note: {note}");
            }

            Console.WriteLine(path);
        });
        return command;
    }
}
