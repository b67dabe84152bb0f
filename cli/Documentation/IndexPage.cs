namespace Ndt.Cli.Documentation;

/// <summary>docs/README.md: a line for every page, those that were written by hand among them.</summary>
internal static class IndexPage
{
    internal const string Name = "README.md";

    private static readonly (string Folder, string Title, string Text)[] Parts =
    [
        (PartCatalogue.EstimatorFolder, "Estimators of dimensionality", "How many dimensions a matrix of activations uses, in one number; there is no one right way."),
        (PartCatalogue.DetectorFolder, "Detectors of change points", "Where a series changes at once; most of them also fire where it does not."),
        (PartCatalogue.SimilarityFolder, "Measures of similarity", "How alike two representations, or two layers' weights, are."),
    ];

    /// <summary>The index of the generated pages and of what else lies in the folder.</summary>
    public static string Of(PartPageText text, string folder)
    {
        var lines = new List<string>
        {
            "<!-- Written by `ndt docs`: from docstrings, and from the headings of the pages in this folder. -->",
            "# Documentation",
            "",
            "`ndt docs` writes the pages on estimators, detectors and similarities from the docstrings in `lib/`. A test fails when a page and its docstring differ.",
        };
        var others = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.md").Where(path => Path.GetFileName(path) != Name).Order(StringComparer.Ordinal).ToArray() : [];
        if (others.Length > 0)
        {
            lines.AddRange(["", "## How to, and how it works", ""]);
            lines.AddRange(others.Select(path => $"- [{Heading(path)}]({Path.GetFileName(path)})"));
        }

        foreach (var (part, title, about) in Parts)
        {
            lines.AddRange(["", $"## {title}", "", about, ""]);
            lines.AddRange(PartCatalogue.Pages.Where(page => page.Folder == part).Select(page => $"- [{page.Title}]({page.Path}): {text.Gist(page)}"));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Heading(string path) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Path.GetFileNameWithoutExtension(path);
}
