using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace Ndt.Cli.Jupyter;

/// <summary>
/// The kernel's five sockets. All of them live on one polling thread; messages to send come to it through a queue, so that
/// any thread may send and the order stays. Nothing is dropped however fast a cell prints.
/// </summary>
internal sealed class KernelSockets : IDisposable
{
    private readonly RouterSocket shell = new();
    private readonly RouterSocket control = new();
    private readonly RouterSocket stdin = new();
    private readonly RouterSocket heartbeat = new();
    private readonly PublisherSocket publisher = new();
    private readonly NetMQQueue<(NetMQSocket Socket, JupyterMessage Message)> outgoing = new();
    private readonly NetMQPoller poller;
    private readonly MessageSigner signer;
    private readonly string session = Guid.NewGuid().ToString("N");

    /// <summary>Binds to the addresses of the connection file.</summary>
    public KernelSockets(ConnectionFile connection)
    {
        signer = new MessageSigner(connection.Key);
        foreach (var (socket, port) in (ReadOnlySpan<(NetMQSocket, int)>)[
            (shell, connection.ShellPort), (control, connection.ControlPort), (stdin, connection.StdinPort),
            (heartbeat, connection.HeartbeatPort), (publisher, connection.IoPubPort)])
        {
            socket.Options.SendHighWatermark = 0;
            socket.Options.ReceiveHighWatermark = 0;
            socket.Options.Linger = TimeSpan.FromSeconds(1);
            var address = new IPEndPoint(connection.Address, port);
            try
            {
                socket.Bind($"tcp://{address}");
            }
            catch (NetMQException e)
            {
                Close();
                throw new WorkFailedException($"cannot listen on {address}, where the client expects this kernel: {e.ErrorCode}", e);
            }
        }

        shell.ReceiveReady += (_, e) => Receive(e.Socket, m => ShellReceived?.Invoke(m));
        control.ReceiveReady += (_, e) => Receive(e.Socket, m => ControlReceived?.Invoke(m));
        stdin.ReceiveReady += (_, e) => Receive(e.Socket, m => StdinReceived?.Invoke(m));
        heartbeat.ReceiveReady += (_, e) => Guarded(() => e.Socket.SendMultipartMessage(e.Socket.ReceiveMultipartMessage()));
        outgoing.ReceiveReady += (_, _) => SendQueued();
        poller = [shell, control, stdin, heartbeat, outgoing];
    }

    /// <summary>Called on the polling thread for each request on the shell socket.</summary>
    public Action<JupyterMessage>? ShellReceived { get; set; }

    /// <summary>As <see cref="ShellReceived"/>, of the control socket: these do not wait for a running cell.</summary>
    public Action<JupyterMessage>? ControlReceived { get; set; }

    /// <summary>As <see cref="ShellReceived"/>, of the stdin socket: the reader's answers.</summary>
    public Action<JupyterMessage>? StdinReceived { get; set; }

    /// <summary>Begins to receive and send.</summary>
    public void Start() => poller.RunAsync("jupyter");

    /// <summary>Answers a request where it came from.</summary>
    public void Reply(JupyterMessage request, bool onControl, string type, JsonObject content) =>
        outgoing.Enqueue((onControl ? control : shell, JupyterMessage.Create(type, session, request.Identities, Copy(request.Header), content)));

    /// <summary>Asks the client that sent a request for a line.</summary>
    public void Ask(JupyterMessage request, JsonObject content) =>
        outgoing.Enqueue((stdin, JupyterMessage.Create("input_request", session, request.Identities, Copy(request.Header), content)));

    /// <summary>Tells all clients something about a request; null for what nobody asked for.</summary>
    public void Publish(JupyterMessage? request, string type, JsonObject content) =>
        outgoing.Enqueue((publisher, JupyterMessage.Create(type, session, [Encoding.UTF8.GetBytes(type)], request is null ? new JsonObject() : Copy(request.Header), content)));

    /// <summary>Sends what waits, and ends.</summary>
    public void Dispose()
    {
        poller.Stop();
        SendQueued();
        poller.Dispose();
        Close();
    }

    private void Close()
    {
        outgoing.Dispose();
        foreach (var socket in (ReadOnlySpan<NetMQSocket>)[shell, control, stdin, heartbeat, publisher])
        {
            socket.Dispose();
        }

        NetMQConfig.Cleanup(block: true);
    }

    private static JsonObject Copy(JsonObject header) => header.DeepClone().AsObject();

    private void SendQueued()
    {
        while (outgoing.TryDequeue(out var item, TimeSpan.Zero))
        {
            Guarded(() => item.Socket.SendMultipartBytes(item.Message.ToFrames(signer)));
        }
    }

    private void Receive(NetMQSocket socket, Action<JupyterMessage> handle)
    {
        var frames = socket.ReceiveMultipartBytes();
        Guarded(() => handle(JupyterMessage.Parse(frames, signer)));
    }

    /// <summary>Nothing that one message holds may end the thread that all messages go through. One without the right form or signature is not from our client: an answer would tell a stranger that somebody listens.</summary>
    private static void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"ndt kernel: dropped: {Printable.Line(e.Message)}");
        }
    }
}
