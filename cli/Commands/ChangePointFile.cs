using System.Globalization;
using System.Text;

namespace Ndt.Cli.Commands;

/// <summary>Change points of series, as text: a line per series, indices by commas or blanks; of one series also an index a line.</summary>
internal static class ChangePointFile
{
    /// <summary>The change points of every series, ascending.</summary>
    /// <exception cref="InputException">Other than a line per series, what is no index, an index outside of its series, or one that stands twice; names file and line.</exception>
    public static int[][] Read(string path, IReadOnlyList<SeriesFile> series)
    {
        InputFile.RefuseFolder(path, "a file of change points, a line per series,");
        var lines = Encoding.UTF8.GetString(InputFile.ReadAllBytes(path)).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        if (lines[^1].Length == 0)
        {
            lines = lines[..^1]; // the end of the last line begins no other
        }

        if (series.Count == 1)
        {
            return [[.. Check(lines.SelectMany((line, i) => Numbers(path, i + 1, line, series[0])), path, series[0])]];
        }

        return lines.Length == series.Count
            ? [.. lines.Select((line, i) => Check(Numbers(path, i + 1, line, series[i]), path, series[i]))]
            : throw new InputException($"{path}: has {lines.Length} lines; a line for each of the {series.Count} series is expected, empty where there is no change");
    }

    private static IEnumerable<int> Numbers(string path, int number, string line, SeriesFile series) =>
        line.Split([',', ' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries).Select(word =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index > 0 && index < series.Values.Length
                ? index
                : throw new InputException($"{path}: line {number}: {Printable.Quote(word)} is no change point of {series.Name}; an index from 1 to {series.Values.Length - 1} is expected"));

    private static int[] Check(IEnumerable<int> indices, string path, SeriesFile series)
    {
        int[] sorted = [.. indices.Order()];
        return sorted.Zip(sorted.Skip(1)).FirstOrDefault(pair => pair.First == pair.Second) is { First: > 0 and var twice }
            ? throw new InputException($"{path}: {twice} stands twice among the change points of {series.Name}")
            : sorted;
    }
}
