using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Ndt.Cli.Browser;
using Ndt.Cli.Notebooks;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Jupyter;

/// <summary>
/// A Jupyter kernel (messaging protocol 5.3): the requests of a client, answered with the same session that runs notebooks headless.
/// Shell requests wait for each other; control requests (interrupt, shutdown) do not.
/// </summary>
internal sealed class Kernel : IAsyncDisposable
{
    private static readonly TimeSpan GraceAfterClient = TimeSpan.FromSeconds(3);

    private readonly KernelSockets sockets;

    /// <summary>Made beside the first talk with the client, which takes as long.</summary>
    private readonly Task<NotebookSession> starting = Task.Run(() => new NotebookSession(Environment.CurrentDirectory));
    private readonly FigureImages images = new(message => Console.Error.WriteLine($"ndt: {message}"));
    private readonly KernelHistory history = new();
    private readonly Channel<JupyterMessage> requests = Channel.CreateUnbounded<JupyterMessage>();
    private readonly BlockingCollection<string> answers = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private CancellationTokenSource? running;
    private int count;

    private Kernel(ConnectionFile connection) => sockets = new KernelSockets(connection);

    /// <summary>Serves a client until it asks for the shutdown.</summary>
    public static async Task RunAsync(ConnectionFile connection)
    {
        var kernel = new Kernel(connection);
        await using var closing = kernel.ConfigureAwait(false);
        await kernel.ServeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        sockets.Dispose();
        (await starting.ConfigureAwait(false)).Dispose();
        await images.DisposeAsync().ConfigureAwait(false);
        answers.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Interrupt();
        });
        sockets.ShellReceived = request => requests.Writer.TryWrite(request);
        sockets.ControlReceived = request => Answer(request, onControl: true, () => AnswerControl(request));
        sockets.StdinReceived = answer => answers.Add(answer.Content["value"]?.ToString() ?? "");
        _ = EndWithClientAsync();
        sockets.Publish(null, "status", new JsonObject { ["execution_state"] = "starting" });
        sockets.Start();
        try
        {
            await foreach (var request in requests.Reader.ReadAllAsync(stopping.Token).ConfigureAwait(false))
            {
                Status(request, "busy");
                try
                {
                    await AnswerShellAsync(request).ConfigureAwait(false);
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    // One request that this kernel cannot answer must not end the session of all others.
                    ReplyFailure(request, e);
                }

                Status(request, "idle");
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The shutdown that was asked for.
        }
    }

    private async Task EndWithClientAsync()
    {
        await ParentWatch.GoneAsync(stopping.Token).ConfigureAwait(false);
        Interrupt();
        await stopping.CancelAsync().ConfigureAwait(false);
        // A cell that does not stop must not keep the process.
        await Task.Delay(GraceAfterClient).ConfigureAwait(false);
        Environment.Exit(1);
    }

    private void ReplyFailure(JupyterMessage request, Exception failure)
    {
        var content = KernelSink.Failure(new CellError(failure.GetType().Name, failure.Message));
        content["execution_count"] = count;
        sockets.Reply(request, onControl: false, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content);
    }

    private async Task AnswerShellAsync(JupyterMessage request)
    {
        if (request.Type == "execute_request")
        {
            await ExecuteAsync(request).ConfigureAwait(false);
            return;
        }

        var (type, content) = request.Type switch
        {
            "complete_request" => ("complete_reply", await (await AssistanceAsync().ConfigureAwait(false)).CompleteAsync(Code(request), Cursor(request)).ConfigureAwait(false)),
            "inspect_request" => ("inspect_reply", await (await AssistanceAsync().ConfigureAwait(false)).InspectAsync(Code(request), Cursor(request)).ConfigureAwait(false)),
            "is_complete_request" => ("is_complete_reply", CodeAssistance.IsComplete(Code(request))),
            "history_request" => ("history_reply", Ok(("history", history.Answer(request.Content)))),
            "comm_info_request" => ("comm_info_reply", Ok(("comms", new JsonObject()))),
            _ => AnswerControl(request) ?? default,
        };
        if (content is not null)
        {
            sockets.Reply(request, onControl: false, type, content);
        }
    }

    /// <summary>What is answered on both sockets, without waiting for anything; null for what this kernel does not know.</summary>
    private (string Type, JsonObject Content)? AnswerControl(JupyterMessage request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                return ("kernel_info_reply", Info());
            case "interrupt_request":
                Interrupt();
                return ("interrupt_reply", Ok());
            case "shutdown_request":
                Interrupt();
                stopping.CancelAfter(TimeSpan.FromMilliseconds(100)); // the reply goes first
                return ("shutdown_reply", Ok(("restart", request.Content["restart"]?.DeepClone() ?? false)));
            case "comm_open":
                sockets.Publish(request, "comm_close", new JsonObject { ["comm_id"] = request.Content["comm_id"]?.DeepClone(), ["data"] = new JsonObject() });
                return null;
            default:
                return null;
        }
    }

    private void Answer(JupyterMessage request, bool onControl, Func<(string Type, JsonObject Content)?> answer)
    {
        Status(request, "busy");
        try
        {
            if (answer() is { } found)
            {
                sockets.Reply(request, onControl, found.Type, found.Content);
            }
        }
        finally
        {
            Status(request, "idle");
        }
    }

    private async Task ExecuteAsync(JupyterMessage request)
    {
        var code = Code(request);
        var silent = Flag(request, "silent", otherwise: false);
        var store = Flag(request, "store_history", otherwise: !silent) && !silent;
        if (store || count == 0)
        {
            count++;
        }

        if (!silent)
        {
            sockets.Publish(request, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count });
        }

        using var stop = new CancellationTokenSource();
        lock (gate)
        {
            running = stop;
        }

        while (answers.TryTake(out _))
        {
            // An answer to a question that was interrupted is not the answer to the next one.
        }

        var sink = new KernelSink(sockets, request, count, silent, Flag(request, "allow_stdin", otherwise: false), images, answers, stop.Token);
        CellOutcome outcome;
        JsonObject content;
        try
        {
            var session = await starting.ConfigureAwait(false);
            outcome = await session.RunAsync(code, count, sink, limit: null, stop.Token).ConfigureAwait(false);
            content = outcome.Error is { } error
                ? KernelSink.Failure(error)
                : Ok(("payload", new JsonArray()), ("user_expressions", await EvaluateAsync(request.Content["user_expressions"] as JsonObject, stop.Token).ConfigureAwait(false)));
        }
        finally
        {
            // An interrupt that comes later must not meet a source that is disposed of.
            lock (gate)
            {
                running = null;
            }
        }

        if (store)
        {
            history.Add(count, code, sink.ResultText);
        }

        content["execution_count"] = count;
        sockets.Reply(request, onControl: false, "execute_reply", content);
        if (!outcome.Succeeded && Flag(request, "stop_on_error", otherwise: true))
        {
            AbortQueued();
        }
    }

    /// <summary>Cells that were sent before the failure was known do not run: they count on what failed.</summary>
    private void AbortQueued()
    {
        var others = new List<JupyterMessage>();
        while (requests.Reader.TryRead(out var queued))
        {
            if (queued.Type != "execute_request")
            {
                others.Add(queued);
                continue;
            }

            Answer(queued, onControl: false, () => ("execute_reply", new JsonObject { ["status"] = "aborted", ["execution_count"] = count }));
        }

        others.ForEach(request => requests.Writer.TryWrite(request));
    }

    private async Task<JsonObject> EvaluateAsync(JsonObject? expressions, CancellationToken cancel)
    {
        var session = await starting.ConfigureAwait(false);
        var values = new JsonObject();
        foreach (var (name, expression) in expressions ?? [])
        {
            var sink = new ExpressionSink();
            await session.RunAsync(expression?.ToString() ?? "", count, sink, limit: null, cancel).ConfigureAwait(false);
            values[name] = sink.Content;
        }

        return values;
    }

    /// <summary>Of a session that has started: .NET Interactive's kernels answer with nothing before, and while its first submission is on its way.</summary>
    private async Task<CodeAssistance> AssistanceAsync()
    {
        var session = await starting.ConfigureAwait(false);
        await session.ReadyAsync().ConfigureAwait(false);
        return new CodeAssistance(session.Kernels);
    }

    private void Interrupt()
    {
        lock (gate)
        {
            // Not on this thread: stopping may take a while, and the sockets wait.
            _ = running?.CancelAsync();
        }
    }

    private void Status(JupyterMessage request, string state) =>
        sockets.Publish(request, "status", new JsonObject { ["execution_state"] = state });

    private static JsonObject Info() => Ok(
        ("protocol_version", JupyterMessage.ProtocolVersion),
        ("implementation", HostIdentity.KernelName),
        ("implementation_version", ShortVersion.Text),
        ("banner", $"{HostIdentity.DisplayName} {ShortVersion.Text} on .NET {Environment.Version}"),
        ("debugger", false),
        ("help_links", new JsonArray()),
        ("language_info", HostIdentity.LanguageInfo()));

    private static JsonObject Ok(params ReadOnlySpan<(string Name, JsonNode Value)> members)
    {
        var content = new JsonObject { ["status"] = "ok" };
        foreach (var (name, value) in members)
        {
            content[name] = value;
        }

        return content;
    }

    private static string Code(JupyterMessage request) => request.Content["code"]?.ToString() ?? "";

    private static int Cursor(JupyterMessage request) =>
        request.Content["cursor_pos"] is JsonValue value && value.TryGetValue<int>(out var cursor) ? cursor : int.MaxValue;

    private static bool Flag(JupyterMessage request, string name, bool otherwise) =>
        request.Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;
}
