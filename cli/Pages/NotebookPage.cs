using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>A notebook as a page for readers: text, figures and tables as they stand, the code folded. It opens from the file system, without a network.</summary>
internal static class NotebookPage
{
    /// <summary>The tag of the cell that says in a sentence what came out; a page begins with it.</summary>
    public const string VerdictTag = "verdict";

    /// <summary>The tag of a first cell whose notebook is set as a paper.</summary>
    public const string PaperTag = "paper";

    /// <summary>
    /// Writes the page of <paramref name="notebook"/> where <paramref name="pages"/> has it, and beside it the files that pages share and its figures' data. Links lead
    /// where they lead from the notebook, or to another notebook's page; images, where the page lies in another folder, become part of it.
    /// </summary>
    public static void Write(NotebookDocument document, string notebook, IReadOnlyDictionary<string, string> pages, string? home = null)
    {
        var page = pages[Path.GetFullPath(notebook)];
        var folder = Path.GetDirectoryName(page)!;
        PageAssets.Write(folder);
        var name = Path.GetFileNameWithoutExtension(page);
        var markdown = new MarkdownRenderer(new PageLinks(notebook, pages));
        var outputs = new OutputMarkup(markdown, $"{PageAssets.Folder}/{Uri.EscapeDataString(name)}/");
        AtomicFile.WriteText(page, Render(document, Path.GetFileNameWithoutExtension(notebook), PageNavigation.Of(notebook, pages, home), markdown, outputs));
        foreach (var (file, csv) in outputs.Tables)
        {
            AtomicFile.WriteText(Path.Combine(folder, PageAssets.Folder, name, file), csv);
        }
    }

    /// <summary>
    /// The page's text; <paramref name="name"/> is its title where the notebook has no heading, <paramref name="home"/> the page that lists it,
    /// <paramref name="links"/> where its links lead.
    /// </summary>
    public static string Render(NotebookDocument document, string name, string? home = null, PageLinks? links = null)
    {
        var markdown = new MarkdownRenderer(links);
        return Render(document, name, new PageNavigation(home), markdown, new OutputMarkup(markdown));
    }

    private static string Render(NotebookDocument document, string name, PageNavigation navigation, MarkdownRenderer markdown, OutputMarkup outputs)
    {
        var content = new StringBuilder();
        var verdict = Verdict(document);
        foreach (var (i, cell) in document.Cells.Index())
        {
            content.Append(Cell(cell, cell == verdict, markdown, outputs));
            if (i == 0)
            {
                // Below the title, before everything that leads to it.
                content.Append(Box(Text(document, markdown, outputs, figures: true)));
            }
        }

        var contents = Contents(markdown.Headings);
        var paper = document.Cells is [var first, ..] && first.Tags.Contains(PaperTag) ? " paper" : "";
        var body = $"<div class=\"page{(contents.Length == 0 ? " single" : "")}{paper}\">\n{contents}<main>\n{navigation.Above()}{content}{navigation.Below()}</main>\n</div>";
        return PageFrame.Of(document.Title ?? name, body, outputs.HasFigures);
    }

    /// <summary>The verdict of a notebook and the figure that stands for it, for a page that lists notebooks; empty where no cell is tagged as the verdict.</summary>
    public static string Summary(NotebookDocument document, PageLinks? links = null, string id = "figure-1", string? preferred = null)
    {
        var markdown = new MarkdownRenderer(links);
        var text = Text(document, markdown, new OutputMarkup(markdown), figures: false);
        return text.Length == 0 ? "" : $"<div class=\"verdict\">\n{text}</div>\n" + FirstFigure(document, id, preferred);
    }

    /// <summary>The first figure, or that of a cell where it has one; empty where there is none.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="id">Id of the element that will hold its data.</param>
    /// <param name="preferred">Id of a cell whose figure stands for the notebook.</param>
    public static string FirstFigure(NotebookDocument document, string id = "figure-1", string? preferred = null)
    {
        var cells = document.Cells.Where(c => c.IsCode && CellVisibility.Of(c).Outputs == Visibility.Shown).OrderByDescending(c => preferred is not null && c.Id == preferred);
        return cells.SelectMany(c => c.Outputs.OfType<JsonObject>()).FirstOrDefault(IsFigure)?["data"] is not JsonObject data ? ""
            : data[ChartData.MimeType] is JsonObject chart ? FigureElement.Of(chart, data["image/png"] is { } png ? MultilineText.Read(png) : null, id) + "\n"
            : $"<img alt=\"Figure\" src=\"data:image/png;base64,{WebUtility.HtmlEncode(MultilineText.Read(data["image/png"]).ReplaceLineEndings(""))}\">\n";
    }

    private static NotebookCell? Verdict(NotebookDocument document) => document.Cells.FirstOrDefault(c => c.Tags.Contains(VerdictTag));

    /// <summary>What the verdict's cell says or shows; empty without such a cell.</summary>
    private static string Text(NotebookDocument document, MarkdownRenderer markdown, OutputMarkup outputs, bool figures) => Verdict(document) switch
    {
        null => "",
        { IsCode: true } verdict => string.Join('\n', CellOutputs.Of(verdict).Where(o => figures || !IsFigure(o)).Select(outputs.Of)),
        { } verdict => markdown.Render(verdict.Source, verdict.Json["attachments"]),
    };

    private static string Box(string text) => text.Length == 0 ? "" : $"<aside class=\"verdict\" aria-label=\"In short\">\n{text}</aside>\n";

    /// <summary>A cell; of the verdict only its code, since its box shows the rest.</summary>
    private static string Cell(NotebookCell cell, bool isVerdict, MarkdownRenderer markdown, OutputMarkup outputs)
    {
        var visible = CellVisibility.Of(cell);
        if (!cell.IsCode)
        {
            var text = visible.Input == Visibility.Removed || isVerdict ? "" : cell.Type == "markdown" ? markdown.Render(cell.Source, cell.Json["attachments"]) : Raw(cell, markdown);
            return text.Length == 0 ? "" : $"<section>\n{text}</section>\n";
        }

        var number = cell.ExecutionCount is { } count ? string.Create(CultureInfo.InvariantCulture, $" [{count}]") : "";
        var code = string.IsNullOrWhiteSpace(cell.Source) || visible.Input == Visibility.Removed
            ? ""
            : $"<details class=\"code\"><summary>Code{number}</summary><pre><code>{CodeMarkup.Of(cell.Source)}</code></pre></details>\n";
        var shown = visible.Outputs == Visibility.Removed ? "" : string.Join('\n', CellOutputs.Of(cell).Where(o => !isVerdict && !visible.IsRemoved(o)).Select(outputs.Of));
        shown = visible.Outputs == Visibility.Folded && shown.Length > 0 ? $"<details class=\"code\"><summary>Output{number}</summary>\n{shown}</details>" : shown;
        return code.Length + shown.Length == 0 ? "" : $"<section class=\"cell\">\n{code}{shown}\n</section>\n";
    }

    /// <summary>As nbconvert has it: a raw cell is for the format that it names, and for all where it names none.</summary>
    private static string Raw(NotebookCell cell, MarkdownRenderer markdown)
    {
        var metadata = (JsonObject)cell.Json["metadata"]!;
        var format = (metadata["raw_mimetype"] ?? metadata["format"])?.ToString() ?? "";
        return format is "" or "text/html" ? markdown.Clean(cell.Source) : "";
    }

    private static bool IsFigure(JsonNode output) => output["data"] is JsonObject data && (data.ContainsKey("image/png") || data.ContainsKey(ChartData.MimeType));

    private static string Contents(IReadOnlyList<PageHeading> headings)
    {
        var listed = headings.Where(h => h.Level is 2 or 3).ToArray();
        if (listed.Length < 2)
        {
            return "";
        }

        var items = listed.Select(h => string.Create(CultureInfo.InvariantCulture, $"<li class=\"level-{h.Level}\"><a href=\"#{WebUtility.HtmlEncode(h.Id)}\">{WebUtility.HtmlEncode(h.Text)}</a></li>"));
        return $"<nav class=\"contents\" aria-label=\"Contents\"><details open><summary>Contents</summary><ol>\n{string.Join('\n', items)}\n</ol></details></nav>\n";
    }
}
