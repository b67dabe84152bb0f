using System.Text;

namespace Ndt.Cli.Pages;

/// <summary>The files that all pages of a folder share, in its <c>assets/</c>: style, scripts, and plotly.js once.</summary>
internal static class PageAssets
{
    /// <summary>The folder's name, beside the pages.</summary>
    public const string Folder = "assets";

    /// <summary>plotly.js.</summary>
    public const string Plotly = "plotly.min.js";

    private static readonly string[] Own = ["page.css", "page.js", "explorer.js"];

    // Some megabytes, the same for every page of a run.
    private static readonly Lazy<byte[]> PlotlyBytes = new(() => Encoding.UTF8.GetBytes(PlotlyScript.Read()));

    /// <summary>Writes them below <paramref name="pages"/>.</summary>
    public static void Write(string pages)
    {
        var folder = Path.Combine(pages, Folder);
        foreach (var name in Own)
        {
            AtomicFile.WriteText(Path.Combine(folder, name), Embedded(name));
        }

        // Written only where it is not this version's yet.
        var plotly = Path.Combine(folder, Plotly);
        if (!File.Exists(plotly) || !File.ReadAllBytes(plotly).AsSpan().SequenceEqual(PlotlyBytes.Value))
        {
            AtomicFile.WriteBytes(plotly, PlotlyBytes.Value);
        }
    }

    private static string Embedded(string name)
    {
        var assembly = typeof(PageAssets).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith("." + name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
