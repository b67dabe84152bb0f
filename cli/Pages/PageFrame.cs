using System.Net;

namespace Ndt.Cli.Pages;

/// <summary>What every page has around its content. The policy in its head lets nothing be loaded from another host and no script run but the files beside it.</summary>
internal static class PageFrame
{
    private const string Policy =
        "default-src 'none'; img-src 'self' data: blob: file:; style-src 'self' file: 'unsafe-inline'; script-src 'self' file:; font-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>A whole page.</summary>
    /// <param name="title">Its title, as text.</param>
    /// <param name="body">Its content, as HTML.</param>
    /// <param name="hasFigures">Whether plotly.js is needed.</param>
    /// <param name="script">A script of this page's own among the assets, after those of all pages; null where it has none.</param>
    public static string Of(string title, string body, bool hasFigures, string? script = null) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{PageAssets.Folder}/page.css">
        </head>
        <body>
        {body}
        {(hasFigures ? $"<script src=\"{PageAssets.Folder}/{PageAssets.Plotly}\"></script>\n" : "")}<script src="{PageAssets.Folder}/page.js"></script>{(script is null ? "" : $"\n<script src=\"{PageAssets.Folder}/{script}\"></script>")}
        </body>
        </html>

        """;
}
