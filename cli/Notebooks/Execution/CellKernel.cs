using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// .NET Interactive's C# kernel, told how to compile. It keeps its script options to itself, and they have no debug information (errors would have no
/// line), machine paths, and a second copy of whatever <c>#r</c> names: the options are set in its private field. Here and in <see cref="CellContext"/> this
/// host knows more of the package than it publishes; the package is retired and pinned, and a test fails first should a field ever be called otherwise.
/// </summary>
internal sealed class CellKernel : CSharpKernel
{
    /// <summary>Namespaces that cells need not import: those of .NET Interactive's kernel, files, and what it says by itself.</summary>
    public static readonly IReadOnlyList<string> Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", "System.IO",
        "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting",
        "Ndt.Cli.Notebooks.Cells", "Ndt.Cli.Notebooks.Cells.CellFunctions",
    ];

    private static readonly ScriptOptions SharedOptions = ScriptOptions.Default
        .WithEmitDebugInformation(true)
        .WithFileEncoding(Encoding.UTF8)
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithReferences(HostReferences.Default.Select(Documented))
        .WithImports(Imports);

    /// <summary>A kernel whose <c>#r</c> and <c>#load</c> paths are relative to <paramref name="folder"/>.</summary>
    public CellKernel(string folder)
    {
        var within = folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar;
        OptionsOf(this) = SharedOptions
            .WithMetadataResolver(new CellReferenceResolver(folder))
            // Debug information names files absolutely; below the notebook's folder it is to say no more than the name.
            .WithSourceResolver(new SourceFileResolver([], folder, [new(within, "")]));
        FolderOf(this) = Directory.GetCurrentDirectory();
    }

    /// <summary>Compiles and runs nothing, without a kernel: half of what a start takes, which can be done while the first kernel is made.</summary>
    public static Task WarmUpCompilerAsync() => CSharpScript.RunAsync("", SharedOptions);

    /// <summary>Compiles and runs nothing: what a first cell takes longer than others is over then, and its state is there also where it throws.</summary>
    public async Task WarmUpAsync(SubmitCode nothing, KernelInvocationContext context) =>
        await ((IKernelCommandHandler<SubmitCode>)this).HandleAsync(nothing, context).ConfigureAwait(false);

    /// <summary>Compiles and runs a piece of a cell on top of what ran; errors call it <paramref name="name"/>. What it threw, or null.</summary>
    public async Task<Exception?> RunAsync(SubmitCode code, string name, KernelInvocationContext context)
    {
        // The kernel would go back to options of its own after a change of the current folder.
        FolderOf(this) = Directory.GetCurrentDirectory();
        OptionsOf(this) = OptionsOf(this).WithFilePath(name);
        var before = ScriptState;
        Exception? failure = null;
        try
        {
            // No ConfigureAwait(false): the cell stays on its thread.
#pragma warning disable CA2007
            await ((IKernelCommandHandler<SubmitCode>)this).HandleAsync(code, context);
#pragma warning restore CA2007
        }
        catch (Exception e)
        {
            failure = e;
        }

        // The kernel describes what a cell threw before it hands it on: of an exception that cannot be described it throws another.
        return ReferenceEquals(before, ScriptState) ? failure : ScriptState.Exception ?? failure;
    }

    private static PortableExecutableReference Documented(string path) =>
        MetadataReference.CreateFromFile(path, documentation: XmlDocumentationProvider.CreateFromFile(Path.ChangeExtension(path, ".xml")));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_scriptOptions")]
    private static extern ref ScriptOptions OptionsOf(CSharpKernel kernel);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_workingDirectory")]
    private static extern ref string FolderOf(CSharpKernel kernel);
}
