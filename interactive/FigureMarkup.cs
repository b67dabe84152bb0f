using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ndt.Interactive;

/// <summary>
/// A figure as a piece of HTML for other tools' pages: drawn by plotly.js where the page has it (<see cref="PlotlyScript.Element"/>), else the still
/// image, else a sentence. It loads nothing: a notebook has to open without a network.
/// </summary>
internal static class FigureMarkup
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The markup; <paramref name="image"/> is the still image as a data URI, or null where nothing could draw it.</summary>
    public static string Of(JsonObject figure, string? image)
    {
        var json = figure.ToJsonString(Compact);
        var id = "figure-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..12];
        var alt = WebUtility.HtmlEncode(ChartData.AlternativeText(figure));
        var still = image is null
            ? $"<p>{alt} (an interactive figure: this page has no plotly.js to draw it, and there was no browser to draw an image of it)</p>"
            : $"<img alt=\"{alt}\" style=\"max-width:100%\" src=\"{image}\">";

        // A page may show one figure twice (an id is its content), and may run this before it has run the script that brings plotly.js.
        return $$"""
            <div id="{{id}}" class="ndt-figure">{{still}}</div>
            <script type="text/javascript">
            (function () {
              var places = document.querySelectorAll('[id="{{id}}"]'), place = places[places.length - 1], tries = 0;
              (function draw() {
                if (!window.Plotly) { if (tries++ < 50) setTimeout(draw, 200); return; }
                var figure = {{ForScript(json)}};
                place.innerHTML = "";
                window.Plotly.newPlot(place, figure.data, figure.layout, figure.config);
              })();
            })();
            </script>
            """;
    }

    /// <summary>JSON that cannot end the script element it stands in.</summary>
    public static string ForScript(string json) =>
        json.Replace("<", "\\u003c", StringComparison.Ordinal).Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);
}
