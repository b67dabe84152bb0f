using System.Net;
using System.Net.Sockets;
using Ndt.Cli.Jupyter;

namespace Ndt.Tests.Jupyter;

public sealed class KernelSocketsTests
{
    [Fact]
    public void A_port_that_another_program_has_is_named_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var error = Assert.Throws<WorkFailedException>(() => new KernelSockets(new ConnectionFile(IPAddress.Loopback, port, port, port, port, port, [])));
        Assert.Equal($"cannot listen on 127.0.0.1:{port}, where the client expects this kernel: AddressAlreadyInUse", error.Message);
    }
}
