using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Documentation;

/// <summary>What was found: the Markdown that notebooks' cells tagged <c>finding</c> put out, and a figure. A notebook computed every sentence, so that nothing here can say what it does not.</summary>
internal static class FoundText
{
    /// <summary>The tag of a cell that states a finding.</summary>
    internal const string Tag = "finding";

    /// <summary>The README's text for a checkout, as Markdown. Throws <see cref="InputException"/> where the stored notebooks lack what it is made of.</summary>
    public static string Of(string root)
    {
        var folder = Path.Combine(root, "notebooks");
        var findings = Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal).SelectMany(Findings).ToArray();
        if (findings.Length == 0)
        {
            throw new InputException($"{folder}: no notebook has a cell tagged '{Tag}' with stored Markdown; such cells state what was found");
        }

        var (_, description) = StoredFigure.Found.Read(folder);
        var list = findings.Select((finding, i) => $"{i + 1}. {finding.Replace("](../", "](", StringComparison.Ordinal)}");
        return $"{string.Join('\n', list)}\n\n![{description.Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal)}](docs/images/{StoredFigure.Found.Image})";
    }

    /// <summary>The findings of a notebook as it is stored, each one paragraph of Markdown; none where it has no such cell, or the cell failed.</summary>
    /// <exception cref="InputException">The file is no notebook.</exception>
    public static IEnumerable<string> Findings(string path) =>
        NotebookDocument.Read(path).Cells
            .Where(cell => cell.Tags.Contains(Tag))
            .Select(StoredCell.Markdown)
            .Where(text => text.Length > 0);
}
