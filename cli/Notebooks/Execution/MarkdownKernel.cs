using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>Shows text as Markdown: Markdown itself, and diagrams in a block of their language, which Jupyter and GitHub draw.</summary>
internal sealed class MarkdownKernel : Kernel, IKernelCommandHandler<SubmitCode>
{
    private readonly string? blockLanguage;

    /// <summary>A kernel for one language; <paramref name="blockLanguage"/> is what its text stands in, or null where it is Markdown already.</summary>
    public MarkdownKernel(string name, string languageName, string? blockLanguage = null)
        : base(name)
    {
        this.blockLanguage = blockLanguage;
        KernelInfo.LanguageName = languageName;
    }

    /// <inheritdoc/>
    public Task HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        context.DisplayAs(blockLanguage is null ? command.Code : $"```{blockLanguage}\n{command.Code.TrimEnd()}\n```", "text/markdown");
        return Task.CompletedTask;
    }
}
