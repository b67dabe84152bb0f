using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Documentation;

/// <summary>A cell of a notebook as it is stored.</summary>
internal static class StoredCell
{
    /// <summary>The cell of an id; throws <see cref="InputException"/> where there is none.</summary>
    public static NotebookCell Read(string path, string id) =>
        NotebookDocument.Read(path).Cells.FirstOrDefault(cell => cell.Id == id) ?? throw new InputException($"{path}: has no cell {id}");

    /// <summary>The Markdown that a cell put out, as one paragraph; empty where there is none.</summary>
    public static string Markdown(NotebookCell cell) =>
        string.Join(' ', cell.Outputs.Select(output => MultilineText.Read(output?["data"]?["text/markdown"]).ReplaceLineEndings(" ").Trim()).Where(text => text.Length > 0));
}
