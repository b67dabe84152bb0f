using System.CommandLine;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Pages;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt pages</c>: the pages of the notebooks as they are stored, without running them.</summary>
internal static class PagesCommand
{
    internal static Command Create()
    {
        var output = new Option<string?>("--out") { Description = "Folder for the pages; results/html of the repository by default.", HelpName = "DIR" };
        var command = new Command("pages", "Writes the pages of all notebooks as they are stored, the front page and the explorer of records; runs nothing.") { output };
        command.SetAction(parsed =>
        {
            var root = ProjectFolder.Root;
            var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine(root, "results", "html"));
            WritableFolder.Require(folder, folder);
            Write(root, folder, message => Console.Error.WriteLine($"ndt: {message}"));
            Console.WriteLine(Path.Combine(folder, SiteIndex.FileName));
        });
        return command;
    }

    /// <summary>Writes them into a folder.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="folder">Where the pages go.</param>
    /// <param name="tell">Told of records that are left out.</param>
    internal static void Write(string root, string folder, Action<string> tell)
    {
        var notebooks = Path.Combine(root, "notebooks");
        var stored = PublishedNotebooks.In(notebooks);
        if (stored.Length == 0)
        {
            throw new InputException($"{notebooks}: holds no notebook; the repository's copy is not whole");
        }

        ExplorerPage.Write(root, folder, tell);
        var pages = PageLinks.PagesOf(stored, folder);
        foreach (var notebook in stored)
        {
            NotebookPage.Write(NotebookDocument.Read(notebook), notebook, pages, SiteIndex.FileName);
        }

        SiteIndex.Write(root, Path.Combine(root, "results"), folder, pages, notebooks);
    }
}
