using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Notebooks.Cells;

/// <summary>
/// What a cell can call without a prefix; the names are .NET Interactive's. Its own <c>display</c> names what it shows by one id and what it answers by
/// another, so that no update finds its place; ours goes by the running command, which does it right.
/// </summary>
[SuppressMessage("Style", "IDE1006", Justification = "The names that notebook authors know.")]
[SuppressMessage("Naming", "CA1708", Justification = "The names that notebook authors know.")]
public static class CellFunctions
{
    private static KernelInvocationContext Context =>
        KernelInvocationContext.Current ?? throw new InvalidOperationException("display works inside of a notebook's cells only");

    /// <summary>Shows a value below the cell, now, in the MIME types given or else in those that suit it. The answer can replace what is shown: <c>var d = display("…"); d.Update("done");</c></summary>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Context.Display(value, mimeTypes);

    /// <summary>As <see cref="display(object?, string[])"/>.</summary>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => Context.Display(value, mimeTypes);

    /// <summary>HTML text, to be shown as such.</summary>
    public static IHtmlContent HTML(string content) => Microsoft.DotNet.Interactive.Kernel.HTML(content);

    /// <summary>Runs JavaScript in the page.</summary>
    public static void Javascript(string content) => Microsoft.DotNet.Interactive.Kernel.Javascript(content);

    /// <summary>Adds a style sheet to the page.</summary>
    public static void CSS(string content) => Microsoft.DotNet.Interactive.Kernel.CSS(content);

    /// <summary>Asks the reader for a line; only a live front end can answer.</summary>
    public static string input(string prompt = "") => SessionScope.Required.Ask(prompt, password: false);

    /// <summary>As <see cref="input"/>, without showing what is typed.</summary>
    public static string password(string prompt = "") => SessionScope.Required.Ask(prompt, password: true);

    /// <summary>As <see cref="input"/>.</summary>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") => Microsoft.DotNet.Interactive.Kernel.GetInputAsync(prompt, typeHint);

    /// <summary>As <see cref="password"/>.</summary>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Microsoft.DotNet.Interactive.Kernel.GetPasswordAsync(prompt);
}
