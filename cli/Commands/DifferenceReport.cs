using System.Globalization;
using Ndt.Cli.Notebooks.Checking;

namespace Ndt.Cli.Commands;

/// <summary>Where a notebook's outputs differ from the stored ones, for a reader.</summary>
internal static class DifferenceReport
{
    /// <summary>Differences shown of one notebook; what goes wrong early goes wrong in every line after.</summary>
    private const int MostShown = 10;

    /// <summary>Writes how many differences a notebook has, and the first of them, to standard output.</summary>
    public static void Write(string path, IReadOnlyList<OutputDifference> differences)
    {
        Console.WriteLine(differences.Count switch
        {
            0 => $"{path}: same as stored",
            1 => $"{path}: 1 difference",
            var n => string.Create(CultureInfo.InvariantCulture, $"{path}: {n} differences"),
        });
        foreach (var difference in differences.Take(MostShown))
        {
            Console.WriteLine(difference);
        }

        if (differences.Count > MostShown)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {differences.Count - MostShown} more"));
        }
    }
}
