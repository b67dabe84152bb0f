using System.IO.Enumeration;
using Ndt.Checkpoints;
using Ndt.Measurement;

namespace Ndt.Arrays;

/// <summary>The figures of a file's arrays.</summary>
/// <param name="Path">The file.</param>
/// <param name="Step">The training step in its name, or null.</param>
/// <param name="Arrays">Its arrays' figures, in the file's order.</param>
/// <param name="Loss">The number that the file holds under <c>loss</c>; NaN where it holds none.</param>
/// <param name="LeftOut">Arrays that were not measured: numbers alone, and among weights what is no matrix.</param>
/// <param name="Reduced">Arrays of more than two dimensions: their figures depend on the view.</param>
/// <param name="Unread">What else the file holds, which is no array of numbers.</param>
public sealed record MeasuredFile(
    string Path, StepName? Step, IReadOnlyList<ArrayFigures> Arrays, double Loss, IReadOnlyList<string> LeftOut, IReadOnlyList<string> Reduced, IReadOnlyList<LeftOutValue> Unread)
{
    private const string LossName = "loss";

    /// <summary>Measures the arrays of a file whose names match.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layer">Names to measure, with * and ?.</param>
    /// <param name="view">One of <see cref="ArrayView.All"/>.</param>
    /// <param name="weights">Measures a checkpoint's matrices, a row per unit, and passes over what has fewer than two dimensions.</param>
    /// <exception cref="InputException">The file cannot be read, or an array cannot be measured; names file and array.</exception>
    public static MeasuredFile Of(string path, string layer = "*", string view = LayerView.Study, bool weights = false)
    {
        var step = StepName.In(path);
        var arrays = new List<ArrayFigures>();
        var leftOut = new List<string>();
        var reduced = new List<string>();
        var loss = double.NaN;
        using var file = ArrayFile.Open(path, step is { Rest.Length: > 0 } ? step.Rest : null);
        foreach (var array in file.Arrays)
        {
            if (array.Name == LossName && array.Shape.All(size => size == 1))
            {
                loss = array.Read().Values[0];
            }
            else if (FileSystemName.MatchesSimpleExpression(layer, array.Name, ignoreCase: false))
            {
                var shown = $"{Printable.Quote(array.Name)} {array.ShapeText}";
                if (weights ? array.Shape.Count < 2 : array.Shape.Count == 0)
                {
                    leftOut.Add(shown);
                    continue;
                }

                if (array.Shape.Count > 2)
                {
                    reduced.Add(shown);
                }

                arrays.Add(Measure(path, array, weights ? ArrayView.Flatten : view));
                LargeArrays.GiveBack(array.Shape);
            }
        }

        return arrays.Count > 0
            ? new MeasuredFile(path, step, arrays, loss, leftOut, reduced, file.LeftOut)
            : throw new InputException($"{path}: no array{(layer == "*" ? "" : $" named {layer}")} to measure{(leftOut.Count > 0 ? $"; left out: {string.Join(", ", leftOut)}" : "")}{(file.LeftOut.Count > 0 ? $"; {string.Join("; ", file.LeftOut.Take(3))}" : "")}");
    }

    /// <summary>
    /// The files that <paramref name="paths"/> name: a file stands for itself; a folder for the files in it and in its own folders whose ending is one of an array
    /// file, by step, then by name.
    /// </summary>
    /// <exception cref="InputException">A path that does not exist, or a folder without such files.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths) => [.. paths.SelectMany(Find).Distinct(StringComparer.Ordinal)];

    private static ArrayFigures Measure(string path, StoredArray stored, string view)
    {
        var matrix = stored.ReadMatrix(path, view);
        try
        {
            return ArrayFigures.Of(stored.Name, matrix);
        }
        catch (InputException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    private static IEnumerable<string> Find(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? [path] : throw new InputException($"{path}: no such file or folder; arrays ({ArrayFile.KnownEndings}), or a folder of them, are needed");
        }

        string[] files =
        [
            .. InputFile.FilesIn(path, below: true)
                .Where(ArrayFile.HasKnownEnding)
                .OrderBy(file => StepName.In(file)?.Step ?? -1)
                .ThenBy(file => file, StringComparer.Ordinal),
        ];
        return files.Length > 0 ? files : throw new InputException($"{path}: holds no arrays; they end in {ArrayFile.KnownEndings}");
    }
}
