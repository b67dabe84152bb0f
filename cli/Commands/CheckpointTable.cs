using System.Globalization;
using Ndt.Checkpoints;

namespace Ndt.Cli.Commands;

/// <summary>Checkpoints as text: metadata, a row per tensor, the optimiser's groups, totals.</summary>
internal static class CheckpointTable
{
    private const int LongestValue = 500;

    /// <summary>Reads the files one after another, so that only one is in memory and those before a bad one are shown.</summary>
    public static void Write(TextWriter output, IEnumerable<string> paths)
    {
        var isFirst = true;
        foreach (var path in paths)
        {
            var checkpoint = CheckpointFile.Read(path);
            if (!isFirst)
            {
                output.WriteLine();
            }

            isFirst = false;
            Write(output, path, checkpoint);
        }
    }

    private static void Write(TextWriter output, string path, Checkpoint checkpoint)
    {
        output.WriteLine(path);
        foreach (var (name, value) in checkpoint.Metadata)
        {
            output.WriteLine($"  {Printable.Line(name)}: {Printable.Line(Shorten(CheckpointJson.Show(value)))}");
        }

        foreach (var (group, index) in (checkpoint.Optimizer?.Groups ?? []).Select((group, index) => (group, index)))
        {
            var options = group.Options.Select(option => $"{option.Key} {CheckpointJson.Show(option.Value)}");
            output.WriteLine(Printable.Line($"  optimizer group {index}: {group.Parameters.Length} parameters, {string.Join(", ", options)}"));
        }

        var listed = ListedTensor.All(checkpoint);
        TextTable.Write(output, [["name", "type", "shape", "elements", "min", "max", "mean", "norm"], .. listed.Select(Row)], column => column < 3, indent: "  ");
        foreach (var part in checkpoint.LeftOut)
        {
            output.WriteLine(Printable.Line($"  {part}"));
        }

        var totals = CheckpointTotals.Of(checkpoint, listed);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  model: {totals.ModelTensors} tensors, {totals.ModelElements} elements, {totals.ModelBytes} bytes, norm {totals.ModelNorm:G6}; optimizer: {totals.OptimizerTensors} tensors, {totals.OptimizerBytes} bytes; extra: {totals.ExtraTensors} tensors, {totals.ExtraBytes} bytes; non-finite elements: {totals.NonFinite}"));
    }

    private static string[] Row(ListedTensor item)
    {
        var (tensor, summary) = item;
        return
        [
            Printable.Line(tensor.Name),
            tensor.TypeName,
            $"[{string.Join(", ", tensor.Shape)}]",
            tensor.Elements.ToString(CultureInfo.InvariantCulture),
            Number(summary.Minimum),
            Number(summary.Maximum),
            Number(summary.Mean),
            Number(summary.Norm),
        ];
    }

    /// <summary>A history of a quarter of a million losses is not read in a terminal; JSON has all of it.</summary>
    private static string Shorten(string text) => text.Length <= LongestValue ? text : $"{text.AsSpan(0, LongestValue)}… ({text.Length.ToString(CultureInfo.InvariantCulture)} characters)";

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
