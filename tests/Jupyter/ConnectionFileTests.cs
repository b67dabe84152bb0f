using Ndt.Cli.Jupyter;

namespace Ndt.Tests.Jupyter;

public sealed class ConnectionFileTests
{
    private const string Good = """{"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1", "key": "k", "transport": "tcp", "signature_scheme": "hmac-sha256"}""";

    [Fact]
    public void The_file_says_where_to_bind()
    {
        var file = ConnectionFile.Parse(Good, "c.json");
        Assert.Equal((1, 2, 3, 4, 5), (file.ShellPort, file.IoPubPort, file.StdinPort, file.ControlPort, file.HeartbeatPort));
        Assert.Equal("127.0.0.1", file.Address.ToString());
        Assert.Equal("k"u8, file.Key);
    }

    [Theory]
    [InlineData("\"shell_port\": 1", "\"shell_port\": 0", "c.json: shell_port is 0; a port from 1 to 65535 is expected")]
    [InlineData("\"hb_port\"", "\"x\"", "c.json: hb_port is missing")]
    [InlineData("tcp", "ipc", "c.json: transport is 'ipc'")]
    [InlineData("hmac-sha256", "hmac-md5", "c.json: signature_scheme is 'hmac-md5'")]
    [InlineData("127.0.0.1", "here", "c.json: ip is 'here'")]
    [InlineData("{", "", "c.json: not a JSON object")]
    [InlineData("\"hb_port\"", "\"shell_port\"", "c.json: not a JSON object")]
    [InlineData("\"k\"", "\"\\ud800\"", "c.json: key is no text")]
    [InlineData("\"k\"", "[\"k\"]", "c.json: key is no text")]
    [InlineData("\"ip\"", "\"\\udc00\"", "c.json: not a JSON object")]
    [InlineData("\"shell_port\": 1", "\"shell_port\": {\"a\": 1}", "c.json: shell_port is no number")]
    [InlineData("tcp", "t\\ncp", "c.json: transport is 't?cp'")]
    public void What_is_wrong_with_it_is_named(string good, string bad, string message) =>
        Assert.StartsWith(message, Assert.Throws<InputException>(() => ConnectionFile.Parse(Good.Replace(good, bad, StringComparison.Ordinal), "c.json")).Message, StringComparison.Ordinal);
}
