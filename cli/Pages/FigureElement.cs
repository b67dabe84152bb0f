using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>A figure as an element of a page: caption, the drawing that page.js makes, the still image for paper and for readers without scripts, and a link to its data.</summary>
internal static class FigureElement
{
    private const double LargestHeight = 10_000;
    private const double UsualHeight = 500;

    /// <summary>The element.</summary>
    /// <param name="figure">What plotly.js draws.</param>
    /// <param name="png">The still image in base64; null where there is none.</param>
    /// <param name="id">Id of the element that holds the figure's data; used once on a page.</param>
    /// <param name="label">Its name and number; null where figures are not counted.</param>
    /// <param name="table">Link to its data as CSV; null where there is no such file.</param>
    public static string Of(JsonObject figure, string? png, string id, string? label = null, string? table = null)
    {
        var alt = ChartData.AlternativeText(figure);
        var drawn = (JsonObject)figure.DeepClone();
        var caption = FigureCaption.Take(drawn);
        var height = FigureText.Number(ChartData.Layout(drawn)?["height"]) is { } h and > 0 and < LargestHeight ? h : UsualHeight;
        var still = png is null ? $"<p class=\"still\">{WebUtility.HtmlEncode(alt)}</p>" : Image("image/png", png, alt);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <figure data-figure="{id}">{Caption(label, caption)}<div class="plot" role="img" aria-label="{WebUtility.HtmlEncode(alt)}" style="height:{height:0}px"></div>{still}{Link(label, table)}</figure>
            <script type="application/json" id="{id}">{FigureMarkup.ForScript(NotebookJson.WriteCompact(drawn))}</script>
            """);
    }

    /// <summary>An image that no script draws.</summary>
    public static string OfImage(string mimeType, string base64, string label) => $"<figure>{Caption(label, default)}{Image(mimeType, base64, label)}</figure>";

    private static string Image(string mimeType, string base64, string alt) =>
        $"<img class=\"still\" alt=\"{WebUtility.HtmlEncode(alt)}\" src=\"data:{mimeType};base64,{WebUtility.HtmlEncode(base64.ReplaceLineEndings(""))}\">";

    // The words stand in the still image, too: page.css shows them where the drawing is shown.
    private static string Caption(string? label, FigureCaption caption)
    {
        if (label is null && string.IsNullOrEmpty(caption.Title))
        {
            return "";
        }

        var text = new StringBuilder("<figcaption>");
        if (label is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"<span class=\"number\">{WebUtility.HtmlEncode(label)}</span>");
        }

        if (!string.IsNullOrEmpty(caption.Title))
        {
            text.Append(CultureInfo.InvariantCulture, $"<span class=\"words\"><strong>{WebUtility.HtmlEncode(caption.Title)}</strong> <span class=\"note\">{WebUtility.HtmlEncode(caption.Note)}</span></span>");
        }

        return text.Append("</figcaption>").ToString();
    }

    private static string Link(string? label, string? table) =>
        table is null ? "" : $"<p class=\"data\"><a href=\"{WebUtility.HtmlEncode(table)}\" download>Data of {WebUtility.HtmlEncode((label ?? "the figure").ToLowerInvariant())} (CSV)</a></p>";
}
