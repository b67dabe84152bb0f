using System.Diagnostics;
using System.Globalization;
using System.Reactive.Disposables;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;
using Microsoft.DotNet.Interactive.Utility;
using Microsoft.DotNet.Interactive.ValueSharing;
using Ndt.Cli.Notebooks.Directives;
using Ndt.Cli.Notebooks.Display;
using Disposable = System.Reactive.Disposables.Disposable;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// One notebook's running state: .NET Interactive's kernels, and what they do not have — a stop for anything, errors with their cell and line, outputs
/// in their order. The headless runner and the Jupyter kernel both use this class, so that a cell does the same under both.
/// </summary>
internal sealed class NotebookSession : IDisposable
{
    /// <summary>What is not C#, and does not stop within this time, is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    private readonly SessionScope scope = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CompositeDisposable closing = [];
    private readonly CellKernel csharp;
    private readonly CompositeKernel root;
    private readonly NotebookImports imports;
    private readonly Task warm;
    private PieceRun? running;

    /// <summary>A session for a notebook in <paramref name="folder"/>.</summary>
    public NotebookSession(string folder)
    {
        imports = new NotebookImports(folder);

        // A start takes seconds; what does not need the kernels is made beside them.
        var formatters = Task.Run(() =>
        {
            NotebookExtension.Register();
            ShownValue.Initialise();
        });
        var compiler = Task.Run(CellKernel.WarmUpCompilerAsync);

        // Their console would be put in place and taken away with every command; ours stays on top of it.
        closing.Add(ConsoleOutput.Subscribe(_ => Disposable.Empty));
        CellConsole.Install();
        csharp = new CellKernel(folder);
        csharp.UseValueSharing().UseWho().UseNugetDirective((kernel, packages) =>
        {
            kernel.AddAssemblyReferences(packages.SelectMany(p => p.AssemblyPaths).Where(path => HostReferences.Find(Path.GetFileNameWithoutExtension(path)) is null));
            return Task.CompletedTask;
        });
        root = new CompositeKernel
        {
            csharp,
            new HtmlKernel(),
            new JavaScriptKernel().UseValueSharing(),
            new MarkdownKernel("markdown", "Markdown"),
            new MarkdownKernel("mermaid", "Mermaid", blockLanguage: "mermaid"),
            new KeyValueStoreKernel().UseWho(),
        };
        root.DefaultKernelName = CellProgram.CSharp;
        root.AddDirective(new("#!about") { Description = "Says what runs the cells." }, (_, context) =>
        {
            context.DisplayAs($"{HostIdentity.DisplayName} {ShortVersion.Text} on .NET {Environment.Version}", ValueFormatters.PlainText);
            return Task.CompletedTask;
        });
        root.RegisterCommandHandler<RequestInput>((request, context) =>
        {
            context.Publish(new InputProduced(scope.Ask(request.Prompt, request.IsPassword), request));
            return Task.CompletedTask;
        });
        foreach (var kernel in root.ChildKernels)
        {
            kernel.RegisterCommandHandler<CodeCommand>((command, context) => RunCodeAsync(kernel, command, context));
        }

        closing.Add(root.KernelEvents.Subscribe(published => Show(published, running)));
        closing.Add(root);
        warm = Task.Run(async () =>
        {
            await Task.WhenAll(formatters, compiler).ConfigureAwait(false);
            await root.SendAsync(new CodeCommand("", CellProgram.CSharp)).ConfigureAwait(false);
        });
    }

    /// <summary>.NET Interactive's kernels, for completion and inspection.</summary>
    public CompositeKernel Kernels => root;

    /// <summary>Waits for what a start takes.</summary>
    public Task ReadyAsync() => warm;

    /// <summary>Runs one cell to its end, its time limit or its cancellation; also a cell that never looks at a token is stopped. Never throws.</summary>
    public async Task<CellOutcome> RunAsync(string code, int number, ICellSink sink, TimeSpan? limit, CancellationToken cancel, string language = CellProgram.CSharp)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        await warm.ConfigureAwait(false);
        try
        {
            CellConsole.Install();
            scope.Enter();
            scope.Redirect(sink);
            var error = await RunAsync(code, string.Create(CultureInfo.InvariantCulture, $"cell[{number}]"), language, limit, cancel).ConfigureAwait(false);
            if (error is not null)
            {
                scope.Error(error);
            }

            scope.Redirect(null);
            return new CellOutcome(error);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        closing.Dispose();
        scope.Dispose();
        turn.Dispose();
    }

    private async Task<CellError?> RunAsync(string code, string cell, string language, TimeSpan? limit, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource();
        using var stop = new CancellationTokenSource();
        var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        var registration = stopping.Token.Register(() =>
        {
            // The stop must not fall into the middle of a message: from here on none begins.
            scope.Close();
            stop.Cancel();
        });
        timeout.CancelAfter(limit ?? Timeout.InfiniteTimeSpan);
        CellError? error;
        try
        {
            error = await RunProgramAsync(() => CellProgram.Parse(code, language), cell, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            error = null;
        }
        catch (Exception e)
        {
            // Whatever it was, the session goes on.
            error = CellErrors.Of(e, cell);
        }

        await registration.DisposeAsync().ConfigureAwait(false);
        stopping.Dispose();
        scope.Open();
        if (cancel.IsCancellationRequested && (error is not null || stop.IsCancellationRequested))
        {
            return new CellError("Interrupted", $"{cell}: interrupted");
        }

        return stop.IsCancellationRequested
            ? new CellError("CellTimeout", string.Create(CultureInfo.InvariantCulture, $"{cell}: stopped after {limit?.TotalSeconds:0.###} s, the limit for one cell"))
            : error;
    }

    private async Task<CellError?> RunProgramAsync(Func<CellProgram> parse, string cell, CancellationToken stop)
    {
        try
        {
            var program = parse();
            var started = Stopwatch.GetTimestamp();
            foreach (var (i, part) in program.Parts.Index())
            {
                var error = part.Kind switch
                {
                    CellPart.Is.Import => await ImportAsync(part, cell, stop).ConfigureAwait(false),
                    CellPart.Is.Directive => await SendAsync(new SubmitCode(Directive(part), part.Kernel), part, cell, isLast: false, stop).ConfigureAwait(false),
                    _ => await SendAsync(new CodeCommand(part.Text, part.Kernel), part, cell, isLast: i == program.Parts.Count - 1, stop).ConfigureAwait(false),
                };
                if (error is not null)
                {
                    return error;
                }
            }

            if (program.IsTimed)
            {
                var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                scope.Display(new DisplayData(new() { [ValueFormatters.PlainText] = string.Create(CultureInfo.InvariantCulture, $"Wall time: {elapsed:0.0} ms") }), null, isUpdate: false);
            }

            return null;
        }
        catch (CellDirectiveException e)
        {
            return new CellError("DirectiveError", string.Create(CultureInfo.InvariantCulture, $"{cell}, line {e.Line}: {e.Message}"));
        }
    }

    /// <summary>A package that the host carries is the host's own: nothing is asked of the parser, then.</summary>
    private static string Directive(CellPart part)
    {
        var name = part.Text.StartsWith("#r \"nuget:", StringComparison.Ordinal) ? part.Text["#r \"nuget:".Length..].Split(',', '"')[0].Trim() : null;
        return name is not null && (HostReferences.Find(name) is not null || HostReferences.ReplacesPackage(name)) ? "" : part.Text;
    }

    private async Task<CellError?> SendAsync(KernelCommand command, CellPart part, string cell, bool isLast, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (command is SubmitCode { Code: "" })
        {
            return null;
        }

        var run = running = new PieceRun(part, cell, isLast, stop);
        using var giveUp = new CancellationTokenSource();
        await using var patience = stop.Register(() => giveUp.CancelAfter(Patience)).ConfigureAwait(false);

        // C# stops by its own thread, which takes the time that it needs; a restore, say, heeds nothing.
        var token = command is CodeCommand { TargetKernelName: CellProgram.CSharp } ? CancellationToken.None : giveUp.Token;
        var result = await root.SendAsync(command, token).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (run.Error is null && result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
        {
            return new CellError("DirectiveError", string.Create(CultureInfo.InvariantCulture, $"{cell}, line {part.Line}: {DirectiveFailure.Describe(part, failed)}"));
        }

        return run.Error;
    }

    /// <summary>Gives code to its kernel as it stands; C# on a thread of its own, where also what it threw is described: that runs code of the cell, too.</summary>
    private async Task RunCodeAsync(Kernel kernel, CodeCommand command, KernelInvocationContext context)
    {
        var code = new SubmitCode(command.Code, kernel.Name);
        code.SetParent(command, bubbleEvents: true);
        if (running is not { } run)
        {
            await csharp.WarmUpAsync(code, context).ConfigureAwait(false);
            return;
        }

        if (kernel is not CellKernel)
        {
            await ((IKernelCommandHandler<SubmitCode>)kernel).HandleAsync(code, context).ConfigureAwait(false);
            return;
        }

        var before = csharp.ScriptState;
        await CellThread.RunAsync(
            () => new CellContext(code, kernel, published => ShowUnlessStopped(published, run)),
            async own =>
            {
#pragma warning disable CA2007 // The cell stays on its thread.
                var thrown = await csharp.RunAsync(code, run.Cell, own.Invocation);
#pragma warning restore CA2007

                // What was stopped is not described: that may run the very code that was stopped, and this thread cannot be stopped twice.
                run.Error = run.Stop.IsCancellationRequested ? null : (run.CompilationFailure, thrown) switch
                {
                    ({ } failure, _) => CellErrors.Of(failure, run.Cell),
                    (_, { } exception) => CellErrors.Of(exception, run.Cell),
                    _ => null,
                };
            },
            () => !ReferenceEquals(before, csharp.ScriptState),
            run.Stop).ConfigureAwait(false);
    }

    /// <summary>Runs another notebook's code cells, or a file, as if they stood here; their last values are not shown.</summary>
    private async Task<CellError?> ImportAsync(CellPart part, string cell, CancellationToken stop)
    {
        var found = imports.Open(part);
        try
        {
            foreach (var (i, source) in found.Sources.Index())
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{cell} → {found.Name}[{i + 1}]");
                var error = await RunProgramAsync(() => CellProgram.Parse(source.Code, source.Language) with { IsTimed = false }, name, stop).ConfigureAwait(false);
                if (error is not null && !source.MayFail)
                {
                    return error;
                }

                if (error is not null)
                {
                    scope.Error(error);
                }
            }

            return null;
        }
        finally
        {
            imports.Close();
        }
    }

    /// <summary>What a piece's own thread publishes: after a stop it is held for its abort where it shows something.</summary>
    private void ShowUnlessStopped(KernelEvent published, PieceRun run)
    {
        if (!run.Stop.IsCancellationRequested)
        {
            Show(published, run);
        }
        else if (published is DisplayedValueProduced or DisplayedValueUpdated)
        {
            CellThread.HoldHere();
        }
    }

    /// <summary>Hands on what the kernels publish, on the thread and at the time they do.</summary>
    private void Show(KernelEvent published, PieceRun? run)
    {
        switch (published)
        {
            case ReturnValueProduced { Value: null or DisplayedValue }:
                break;
            case ReturnValueProduced when imports.IsOpen:
                break;
            case ReturnValueProduced result when run is { IsLast: true }:
                scope.Result(ShownValue.Of(result));
                break;
            case ReturnValueProduced result:
                scope.Display(ShownValue.Of(result), null, isUpdate: false);
                break;
            case DisplayEvent { Value: InstallPackagesMessage }:
                break; // What is installed differs with the feeds; a stored notebook should not.
            case DisplayedValueProduced { Value: IEnumerable<KernelValue> variables }:
                scope.Display(ShownValue.Of(variables, detailed: run?.Part.Text.StartsWith("#!whos", StringComparison.Ordinal) == true), null, isUpdate: false);
                break;
            case DisplayedValueProduced shown:
                scope.Display(ShownValue.Of(shown), shown.ValueId, isUpdate: false);
                break;
            case DisplayedValueUpdated shown:
                scope.Display(ShownValue.Of(shown), shown.ValueId, isUpdate: true);
                break;
            case CommandFailed { Exception: CodeSubmissionCompilationErrorException { InnerException: CompilationErrorException failure } }:
                run?.CompilationFailure = failure;
                break;
            case DiagnosticsProduced diagnostics when run is { CompilationFailure: null }:
                foreach (var warning in CellErrors.Warnings(diagnostics, run.Cell))
                {
                    scope.Write("stderr", warning);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>A piece that runs.</summary>
    private sealed record PieceRun(CellPart Part, string Cell, bool IsLast, CancellationToken Stop)
    {
        public CompilationErrorException? CompilationFailure { get; set; }

        public CellError? Error { get; set; }
    }
}
