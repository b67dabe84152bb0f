using System.Collections;
using System.Data;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;
using Plotly.NET;

namespace Ndt.Interactive;

/// <summary>The formatters that .NET Interactive does not have: tables of frames, records, tuples and matrices; charts without a network.</summary>
internal static class ValueFormatters
{
    /// <summary>MIME type of plain text.</summary>
    public const string PlainText = "text/plain";

    /// <summary>MIME type of HTML.</summary>
    public const string Html = "text/html";

    private static int hasSentScript;

    /// <summary>Registers them; what a cell registers after goes before.</summary>
    public static void Register()
    {
        RegisterTable<IEnumerable>();
        RegisterTable<DataFrame>(); // Its rows would be taken for a list otherwise.
        RegisterTable<DataTable>();
        Formatter.Register<DisplayTable>(table => table.ToHtml(), Html);
        Formatter.Register<DisplayTable>(table => table.ToString(), PlainText);
        // What DisplayTable() shows. Theirs brings a style sheet for all tables of the page.
        Formatter.Register<TabularDataResource>(resource => Tables.OfResource(resource).ToHtml(), Html);
        Formatter.Register<JsonDocument>(json => json.RootElement.ToString(), PlainText);
        Formatter.Register<GenericChart>(chart => ChartData.Figure(chart).ToJsonString(), ChartData.MimeType);
        Formatter.Register<GenericChart>(chart => ChartData.Summary(ChartData.Figure(chart)), PlainText);
        Formatter.Register<GenericChart>(Markup, Html);
        Formatter.Register<byte[]>(Convert.ToBase64String, "image/png");
        Formatter.Register<byte[]>(Convert.ToBase64String, "image/jpeg");
        Formatter.Register<byte[]>(Convert.ToBase64String, "image/gif");
    }

    /// <summary>Within another value a table would break the line: there tuples stand beside each other. What is no table .NET Interactive formats.</summary>
    private static void RegisterTable<T>()
        where T : class
    {
        Formatter.Register<T>(
            (value, context) => Write(Tables.Uninitialised(value), context)
                || Write(context.Depth > 1 ? null : Tables.Of(value)?.ToString(), context)
                || Write((value as JsonNode)?.ToString(), context)
                || (IsPlainList(value, context) && List((IEnumerable)value, context))
                || ByDefault(value, context, PlainText),
            PlainText);
        Formatter.Register<T>(
            (value, context) => Write(Tables.Uninitialised(value) is { } nothing ? $"<pre>{WebUtility.HtmlEncode(nothing)}</pre>" : Tables.Of(value)?.ToHtml(), context) || ByDefault(value, context, Html),
            Html);
    }

    /// <summary>What .NET Interactive takes for something else than a list: tuples within another value, and collections from before there were generic ones.</summary>
    private static bool IsPlainList(object value, FormatContext context) =>
        value is IEnumerable && (Tables.ItemType(value.GetType()) is null || (context.Depth > 1 && Tables.IsOfTuples(value)));

    private static bool Write(string? text, FormatContext context)
    {
        context.Writer.Write(text);
        return text is not null;
    }

    /// <summary>The formatter that a value would have without ours: where one that somebody registered declines, .NET Interactive asks no other.</summary>
    private static bool ByDefault(object value, FormatContext context, string mimeType)
    {
        var registered = Formatter.RegisteredFormatters(false).Count();
        return Formatter.RegisteredFormatters().Skip(registered)
            .Any(formatter => formatter.MimeType == mimeType && formatter.Type.IsInstanceOfType(value) && formatter.Format(value, context));
    }

    private static bool List(IEnumerable items, FormatContext context)
    {
        context.Writer.Write("[ ");
        var count = 0;
        foreach (var item in items)
        {
            if (count++ == Formatter.ListExpansionLimit)
            {
                context.Writer.Write(", …");
                break;
            }

            context.Writer.Write(count == 1 ? "" : ", ");
            item.FormatTo(context, PlainText);
        }

        context.Writer.Write(" ]");
        return true;
    }

    /// <summary>A chart for a page that has no plotly.js yet: the first one of a session brings it.</summary>
    private static string Markup(GenericChart chart)
    {
        var markup = FigureMarkup.Of(ChartData.Figure(chart), image: null);
        return Interlocked.Exchange(ref hasSentScript, 1) == 0 ? PlotlyScript.Element() + markup : markup;
    }
}
