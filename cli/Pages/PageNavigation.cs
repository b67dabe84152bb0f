using System.Net;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>The links between the pages of a site; of a page that stands alone there are none.</summary>
/// <param name="Home">The page that lists all; null where there is none.</param>
/// <param name="HasExplorer">Whether the records' page lies beside it.</param>
/// <param name="Previous">The page before, with its title.</param>
/// <param name="Next">The page after, with its title.</param>
internal sealed record PageNavigation(string? Home, bool HasExplorer = false, (string Link, string Title)? Previous = null, (string Link, string Title)? Next = null)
{
    /// <summary>The links of a notebook's page: its neighbours are those before and after it by name.</summary>
    public static PageNavigation Of(string notebook, IReadOnlyDictionary<string, string> pages, string? home)
    {
        if (home is null)
        {
            return new PageNavigation(home);
        }

        var page = pages[Path.GetFullPath(notebook)];
        var folder = Path.GetDirectoryName(page)!;
        string[] all = [.. pages.Keys.Order(StringComparer.Ordinal)];
        var place = Array.IndexOf(all, Path.GetFullPath(notebook));
        (string, string)? At(int i) => i >= 0 && i < all.Length ? (PageLinks.Relative(folder, pages[all[i]]), Title(all[i])) : null;
        return new PageNavigation(home, File.Exists(Path.Combine(folder, ExplorerPage.FileName)), At(place - 1), At(place + 1));
    }

    /// <summary>What stands above the content; empty on a page that stands alone.</summary>
    public string Above() =>
        Home is null ? "" : $"<nav class=\"site\" aria-label=\"Site\"><a href=\"{WebUtility.HtmlEncode(Home)}\">← All results</a>{(HasExplorer ? $" <a href=\"{ExplorerPage.FileName}\">Explore the records</a>" : "")}</nav>\n";

    /// <summary>What stands below the content: the page before and the one after.</summary>
    public string Below()
    {
        if (Previous is null && Next is null)
        {
            return "";
        }

        static string Link((string Link, string Title)? page, string rel, string text) =>
            page is { } to ? $"<a rel=\"{rel}\" href=\"{WebUtility.HtmlEncode(to.Link)}\"><span>{text}</span> {WebUtility.HtmlEncode(to.Title)}</a>\n" : "";

        return $"<nav class=\"turn\" aria-label=\"Previous and next\">\n{Link(Previous, "prev", "← Previous")}{Link(Next, "next", "Next →")}</nav>\n";
    }

    private static string Title(string notebook)
    {
        var name = Path.GetFileNameWithoutExtension(notebook);
        return File.Exists(notebook) ? NotebookDocument.Read(notebook).Title ?? name : name;
    }
}
