using Plotly.NET;

namespace Ndt.Interactive;

/// <summary>plotly.js as Plotly.NET carries it: the same version that its charts are made for, and no network needed.</summary>
internal static class PlotlyScript
{
    /// <summary>The script's text.</summary>
    public static string Read()
    {
        var assembly = typeof(GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.Contains("plotly", StringComparison.OrdinalIgnoreCase) && n.EndsWith(".min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// The element that brings plotly.js to a notebook's page, where figures find it as <c>window.Plotly</c>. Jupyter's pages may have a module loader
    /// (require.js), which would take the script for itself: within the function its names are hidden.
    /// </summary>
    public static string Element() =>
        $"<script type=\"text/javascript\">\nif (!window.Plotly) (function (define, module, exports, require) {{\n{Read().Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}\n}}).call(window);\n</script>\n";
}
