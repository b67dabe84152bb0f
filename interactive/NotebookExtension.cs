using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace Ndt.Interactive;

/// <summary>
/// Teaches .NET Interactive to show tables and charts. A host that loads extensions calls <see cref="OnLoadAsync"/>; elsewhere the library
/// calls <see cref="Register"/> as soon as a cell touches it.
/// </summary>
public sealed class NotebookExtension : IKernelExtension
{
    private static readonly Lock Gate = new();
    private static bool isRegistered;

    /// <inheritdoc/>
    public Task OnLoadAsync(Kernel kernel)
    {
        Register();
        return Task.CompletedTask;
    }

    /// <summary>Registers the formatters, once in a process.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (isRegistered)
            {
                return;
            }

            // Plotly.NET's own extension loads plotly.js from the net: what is registered later goes first.
            ((IKernelExtension)new Plotly.NET.Interactive.FormatterKernelExtension()).OnLoadAsync(null).GetAwaiter().GetResult();
            ValueFormatters.Register();
            Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), ValueFormatters.Html, ValueFormatters.PlainText);
            isRegistered = true;
        }
    }
}
