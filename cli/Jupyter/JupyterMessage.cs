using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Jupyter;

/// <summary>One message of the Jupyter protocol, 5.3.</summary>
/// <param name="Identities">Who it came from or goes to; on the publishing socket, its topic.</param>
/// <param name="Header">Id, session, type.</param>
/// <param name="Parent">The header of the request that it answers; empty for none.</param>
/// <param name="Content">What it says.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject Parent, JsonObject Content)
{
    /// <summary>The protocol's version.</summary>
    public const string ProtocolVersion = "5.3";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    /// <summary>What kind of message it is.</summary>
    public string Type => Header["msg_type"]?.ToString() ?? "";

    /// <summary>A new message.</summary>
    public static JupyterMessage Create(string type, string session, IReadOnlyList<byte[]> identities, JsonObject parent, JsonObject content) => new(
        identities,
        new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        },
        parent,
        content);

    /// <summary>The frames that go over the wire.</summary>
    public IEnumerable<byte[]> ToFrames(MessageSigner signer)
    {
        byte[][] parts = [Bytes(Header), Bytes(Parent), "{}"u8.ToArray(), Bytes(Content)];
        return [.. Identities, Delimiter, Encoding.ASCII.GetBytes(signer.Sign(parts)), .. parts];
    }

    /// <summary>The message of frames from the wire; throws <see cref="FormatException"/> where they are none or the signature is wrong.</summary>
    public static JupyterMessage Parse(IReadOnlyList<byte[]> frames, MessageSigner signer)
    {
        var delimiter = frames.Index().FirstOrDefault(f => f.Item.AsSpan().SequenceEqual(Delimiter), (-1, [])).Index;
        if (delimiter < 0 || frames.Count < delimiter + 6)
        {
            throw new FormatException("a message has to have a delimiter, a signature and four parts");
        }

        byte[][] parts = [.. frames.Skip(delimiter + 2).Take(4)];
        if (!signer.Verify(parts, frames[delimiter + 1]))
        {
            throw new FormatException("a message's signature is wrong");
        }

        try
        {
            return new JupyterMessage([.. frames.Take(delimiter)], Object(parts[0]), Object(parts[1]), Object(parts[3]));
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            throw new FormatException($"a message's part is not a JSON object in Unicode ({e.Message})", e);
        }
    }

    private static byte[] Bytes(JsonObject part) => JsonSerializer.SerializeToUtf8Bytes(part);

    private static JsonObject Object(byte[] part) => StrictJson.Parse(part) as JsonObject ?? throw new JsonException("not an object");
}
