using System.Text;
using System.Text.Json.Nodes;
using Ndt.Cli.Jupyter;

namespace Ndt.Tests.Jupyter;

public sealed class JupyterMessageTests
{
    private static readonly MessageSigner Signer = new("key"u8.ToArray());

    [Fact]
    public void A_signature_is_the_hmac_of_the_four_parts() =>
        // RFC 4231's second test case, cut into frames.
        Assert.Equal(
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            new MessageSigner("Jefe"u8.ToArray()).Sign(["what do ya "u8.ToArray(), "want for "u8.ToArray(), "nothing?"u8.ToArray()]));

    [Fact]
    public void A_message_comes_through_the_wire_as_it_was()
    {
        var sent = JupyterMessage.Create("stream", "s", ["id"u8.ToArray()], new JsonObject { ["msg_id"] = "p" }, new JsonObject { ["text"] = "λ" });
        var received = JupyterMessage.Parse([.. sent.ToFrames(Signer)], Signer);
        Assert.Equal("stream", received.Type);
        Assert.Equal("id", Encoding.UTF8.GetString(Assert.Single(received.Identities)));
        Assert.Equal("λ", received.Content["text"]!.ToString());
        Assert.Equal("p", received.Parent["msg_id"]!.ToString());
    }

    [Theory]
    [InlineData("{\"msg_id\": \"\\ud83d\"}")]
    [InlineData("{\"msg_id\": \"a\", \"msg_id\": \"b\"}")]
    [InlineData("{\"msg_id\": \"\u00ff\"}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public void A_part_that_would_throw_when_it_is_looked_at_is_refused_at_once(string header)
    {
        byte[][] parts = [Encoding.Latin1.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()];
        Assert.Throws<FormatException>(() => JupyterMessage.Parse(["<IDS|MSG>"u8.ToArray(), Encoding.ASCII.GetBytes(Signer.Sign(parts)), .. parts], Signer));
    }

    [Fact]
    public void A_changed_message_is_refused()
    {
        var frames = JupyterMessage.Create("stream", "s", [], new JsonObject(), new JsonObject()).ToFrames(Signer).ToArray();
        frames[^1] = "{\"a\":1}"u8.ToArray();
        Assert.Contains("signature", Assert.Throws<FormatException>(() => JupyterMessage.Parse(frames, Signer)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => JupyterMessage.Parse(frames[..3], Signer));
    }
}
