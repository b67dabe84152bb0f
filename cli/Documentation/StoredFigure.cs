using System.Text.RegularExpressions;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Documentation;

/// <summary>A figure of a notebook's stored outputs that the README shows.</summary>
/// <param name="Image">The image's file under docs/images.</param>
/// <param name="Notebook">The notebook's file name.</param>
/// <param name="Cell">The id of the cell that made it.</param>
internal sealed partial record StoredFigure(string Image, string Notebook, string Cell)
{
    /// <summary>The figure that tells what was found.</summary>
    public static StoredFigure Found { get; } = new("found.webp", "04_honest_reassessment.ipynb", "time-axis");

    /// <summary>All: that one, and a thumbnail of each notebook.</summary>
    public static IReadOnlyList<StoredFigure> All { get; } =
    [
        Found,
        new("01_phase1_convergence.webp", "01_phase1_convergence.ipynb", "drift"),
        new("02_phase1_jumps.webp", "02_phase1_jumps.ipynb", "over-time"),
        new("03_phase1_critical_periods.webp", "03_phase1_critical_periods.ipynb", "loss-share"),
        new("04_honest_reassessment.webp", "04_honest_reassessment.ipynb", "glance"),
        new("05_modified_phase2.webp", "05_modified_phase2.ipynb", "overview"),
        new("06_ten_percent_of_what.webp", "06_ten_percent_of_what.ipynb", "share-figure"),
        new("07_dimension_and_function.webp", "07_dimension_and_function.ipynb", "couple-figure"),
        new("paper.webp", "paper.ipynb", "when"),
    ];

    /// <summary>The small still image that the figure's markup holds, and what the figure shows in words. Throws <see cref="InputException"/> where the notebook was stored without them.</summary>
    public (byte[] WebP, string Description) Read(string notebooks)
    {
        var path = Path.Combine(notebooks, Notebook);
        foreach (var output in StoredCell.Read(path, Cell).Outputs)
        {
            if (Markup().Match(MultilineText.Read(output?["data"]?["text/html"])) is { Success: true } image)
            {
                var description = Description().Match(MultilineText.Read(output!["data"]!["text/plain"]));
                return (Convert.FromBase64String(image.Groups[1].Value), description.Groups[1].Value);
            }
        }

        throw new InputException($"{path}: cell {Cell} has no figure with a still image; run the notebook where a Chromium is (ndt notebooks run {path})");
    }

    [GeneratedRegex("src=\"data:image/webp;base64,([^\"]+)\"")]
    private static partial Regex Markup();

    [GeneratedRegex(@"^\[figure: (.*); \d+ traces?\]\s*$", RegexOptions.Singleline)]
    private static partial Regex Description();
}
