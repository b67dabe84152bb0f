using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ndt.Cli.Jupyter;

/// <summary>Where a Jupyter client waits for its kernel, and the key that both sign with.</summary>
/// <param name="Address">The address to bind to, usually loopback.</param>
/// <param name="ShellPort">Ports of the five sockets.</param>
/// <param name="ControlPort">Likewise.</param>
/// <param name="StdinPort">Likewise.</param>
/// <param name="IoPubPort">Likewise.</param>
/// <param name="HeartbeatPort">Likewise.</param>
/// <param name="Key">The key; empty where messages are not signed.</param>
internal sealed record ConnectionFile(IPAddress Address, int ShellPort, int ControlPort, int StdinPort, int IoPubPort, int HeartbeatPort, byte[] Key)
{
    private const string Scheme = "hmac-sha256";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the file; throws <see cref="InputException"/> naming the field where it is not one.</summary>
    public static ConnectionFile Read(string path)
    {
        InputFile.RefuseFolder(path, "the connection file that Jupyter wrote");
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message}); the connection file that Jupyter wrote is expected", e);
        }
    }

    /// <summary>Reads the file's text; <paramref name="name"/> is what errors call it.</summary>
    public static ConnectionFile Parse(string text, string name)
    {
        JsonObject fields;
        try
        {
            fields = JsonNode.Parse(text, documentOptions: Strict) as JsonObject ?? throw new JsonException("not an object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"{name}: not a JSON object; the connection file that Jupyter wrote is expected", e);
        }

        var transport = Text("transport", "tcp");
        if (transport != "tcp")
        {
            throw new InputException($"{name}: transport is {Printable.Quote(transport)}; this kernel speaks tcp");
        }

        var key = Text("key", "");
        var scheme = Text("signature_scheme", Scheme);
        if (key.Length > 0 && scheme != Scheme)
        {
            throw new InputException($"{name}: signature_scheme is {Printable.Quote(scheme)}; this kernel signs with {Scheme}");
        }

        return new ConnectionFile(
            IPAddress.TryParse(Text("ip", "127.0.0.1"), out var address) ? address : throw new InputException($"{name}: ip is {Printable.Quote(Text("ip", ""))}; an address is expected"),
            Port("shell_port"),
            Port("control_port"),
            Port("stdin_port"),
            Port("iopub_port"),
            Port("hb_port"),
            Encoding.UTF8.GetBytes(key));

        string Text(string field, string otherwise)
        {
            try
            {
                return fields[field] is { } value ? value.GetValue<string>() : otherwise;
            }
            catch (InvalidOperationException e)
            {
                throw new InputException($"{name}: {field} is no text; the connection file that Jupyter wrote is expected", e);
            }
        }

        string Shown(string field) => fields[field] is { } value ? value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : "no number" : "missing";

        int Port(string field) => fields[field] is JsonValue value && value.TryGetValue<int>(out var port) && port is > 0 and < 65536
            ? port
            : throw new InputException($"{name}: {field} is {Shown(field)}; a port from 1 to 65535 is expected");
    }
}
