using System.CommandLine;
using Ndt.Data;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt samples draw</c>: draws the committed sample blocks anew, so that anyone can check where they come from.</summary>
internal static class SamplesCommand
{
    internal static Command Create() => new("samples", "Draws the sample blocks under data/samples/ anew: small parts of MNIST and Fashion-MNIST.") { CreateDraw() };

    private static Command CreateDraw()
    {
        var dataset = new Argument<string>("NAME") { Description = "mnist or fashion_mnist; it has to be fetched first (ndt fetch NAME)." };
        var output = new Option<string?>("--out") { HelpName = "DIR", Description = "Folder in which NAME/ is written; by default data/samples/ of the checkout." };
        var command = new Command("draw", $"Draws the {SampleBlock.Blocks} blocks of a dataset from its full files, always with the same seed, and prints the SHA-256 of each file.") { dataset, output };
        command.SetAction(parsed =>
        {
            var info = DatasetCatalogue.Get(parsed.GetValue(dataset)!);
            var folder = OutputFolder.OrData(parsed.GetValue(output), "samples");
            foreach (var (name, hash) in SampleDrawing.Draw(info, DatasetCache.Default, folder))
            {
                Console.Out.WriteLine($"{hash.Hex}  {name}");
            }

            Console.Error.WriteLine($"wrote {Path.Combine(folder, info.Name)}");
        });
        return command;
    }
}
