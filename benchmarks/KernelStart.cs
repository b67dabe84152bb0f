using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ndt.Cli.Jupyter;
using NetMQ;
using NetMQ.Sockets;

namespace Ndt.Benchmarks;

/// <summary>A Jupyter client that asks for two cells: what a reader waits for after opening a notebook.</summary>
internal static class KernelStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Starts a kernel; the seconds from its start to its answer to a first cell, and those of a second cell.</summary>
    public static (double First, double Second) Measure(string folder)
    {
        var connection = Path.Combine(folder, "connection.json");
        var key = Guid.NewGuid().ToString("N");
        var ports = FreePorts(5);
        AtomicFile.WriteText(connection, new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["shell_port"] = ports[0],
            ["control_port"] = ports[1],
            ["stdin_port"] = ports[2],
            ["iopub_port"] = ports[3],
            ["hb_port"] = ports[4],
            ["key"] = key,
            ["signature_scheme"] = "hmac-sha256",
        }.ToJsonString());
        var signer = new MessageSigner(Encoding.UTF8.GetBytes(key));
        using var shell = new DealerSocket();
        shell.Options.ReconnectInterval = TimeSpan.FromMilliseconds(5);
        shell.Options.Linger = TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        using var kernel = NdtProgram.Start("kernel", "start", connection);
        try
        {
            shell.Connect(string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{ports[0]}"));
            Execute(shell, signer, "var x = 1; x + 1");
            var first = clock.Elapsed.TotalSeconds;
            Execute(shell, signer, "x + 2");
            return (first, clock.Elapsed.TotalSeconds - first);
        }
        finally
        {
            kernel.Kill();
            kernel.WaitForExit();
        }
    }

    private static void Execute(DealerSocket shell, MessageSigner signer, string code)
    {
        var content = new JsonObject { ["code"] = code, ["silent"] = false, ["store_history"] = true, ["allow_stdin"] = false };
        shell.SendMultipartBytes(JupyterMessage.Create("execute_request", "benchmarks", [], [], content).ToFrames(signer));
        var frames = new List<byte[]>();
        while (shell.TryReceiveMultipartBytes(Patience, ref frames!))
        {
            var reply = JupyterMessage.Parse(frames, signer);
            if (reply.Type == "execute_reply")
            {
                var status = reply.Content["status"]?.ToString();
                if (status != "ok")
                {
                    throw new WorkFailedException($"the kernel answered a cell with {reply.Content.ToJsonString()}");
                }

                return;
            }
        }

        throw new WorkFailedException($"the kernel did not answer a cell within {Patience.TotalSeconds} s");
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }
}
