using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Faults;

/// <summary>Notebooks of a few cells.</summary>
internal static class MadeNotebook
{
    /// <summary>Writes a notebook with these cells, none of which was run, and gives its path.</summary>
    public static string Write(string path, params string[] cells)
    {
        var document = NotebookDocument.Parse("""{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""", "n");
        foreach (var (i, source) in cells.Index())
        {
            document.Insert(i, NotebookCell.Code($"c{i}", source));
        }

        document.Save(path);
        return path;
    }
}
