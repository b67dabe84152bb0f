using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// What .NET Interactive publishes of a piece of a cell, from the piece's thread. A stop may abort that thread in the middle of an event and leave its locks taken
/// for ever: the piece has a context of its own, which nobody waits for, and the session's goes on. Like <see cref="CellKernel"/> it knows more of the package than that
/// publishes: three private members of its class.
/// </summary>
internal sealed class CellContext
{
    private readonly KernelInvocationContext context;

    /// <summary>The context of <paramref name="code"/>, and of all that this thread does from here on.</summary>
    public CellContext(SubmitCode code, Kernel kernel, Action<KernelEvent> show)
    {
        AmbientOf(null).Value = null;
        context = KernelInvocationContext.GetOrCreateAmbientContext(code);
        SetHandlingKernel(context, kernel);
        context.KernelEvents.Subscribe(show);
    }

    /// <summary>What the kernel is given.</summary>
    public KernelInvocationContext Invocation => context;

    /// <summary>Asks the compiler, and whatever else looks at the context's token, to stop.</summary>
    public void Cancel() => _ = TokenSourceOf(context).CancelAsync();

    /// <summary>Ends it and lets go of what it has published: what the piece's forgotten tasks still show is dropped. May wait for ever after a stop, which may have left a lock taken.</summary>
    public void Complete() => context.Dispose();

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "_current")]
    private static extern ref AsyncLocal<KernelInvocationContext?> AmbientOf(KernelInvocationContext? none);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_cancellationTokenSource")]
    private static extern ref CancellationTokenSource TokenSourceOf(KernelInvocationContext context);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_HandlingKernel")]
    private static extern void SetHandlingKernel(KernelInvocationContext context, Kernel kernel);
}
