using Microsoft.DotNet.Interactive.Commands;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// A piece of a cell on its way to the kernel of its language, as it stands: .NET Interactive's own command is searched for directives once more, also
/// within texts and comments.
/// </summary>
internal sealed class CodeCommand(string code, string targetKernelName) : KernelCommand(targetKernelName)
{
    /// <summary>The code.</summary>
    public string Code { get; } = code;
}
