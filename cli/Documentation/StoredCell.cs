using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Documentation;

/// <summary>A cell of a notebook as it is stored.</summary>
internal static class StoredCell
{
    /// <summary>The cell of an id; throws <see cref="InputException"/> where there is none.</summary>
    public static NotebookCell Read(string path, string id) =>
        NotebookDocument.Read(path).Cells.FirstOrDefault(cell => cell.Id == id) ?? throw new InputException($"{path}: has no cell {id}");

    /// <summary>The Markdown that a cell put out.</summary>
    public static string Markdown(string path, string id) =>
        string.Join('\n', Read(path, id).Outputs.Select(output => MultilineText.Read(output?["data"]?["text/markdown"])));
}
