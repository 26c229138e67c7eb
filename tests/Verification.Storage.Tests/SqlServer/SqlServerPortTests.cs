using System.Net;
using System.Net.Sockets;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerPortTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1,{0}")]
    [InlineData("tcp:127.0.0.1,{0}")]
    [InlineData("TCP:localhost, {0}")]
    [InlineData(".,{0}")]
    [InlineData("(local),{0}")]
    public async Task WhyClosed_NobodyListens_IsConnectionRefused(string server)
    {
        using var port = new ClosedPort();

        var why = await PortOf(server, port.Number).WhyClosedAsync(Token);

        Assert.Equal("The registry could not answer: connection refused: SQL Server is not listening there.", why?.Message);
    }

    [Fact]
    public async Task WhyClosed_SomebodyListens_IsNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Null(await PortOf("127.0.0.1,{0}", ((IPEndPoint)listener.LocalEndpoint).Port).WhyClosedAsync(Token));
    }

    [Fact]
    public async Task WhyClosed_NameThatNobodyHas_IsNotKnown()
    {
        var why = await new SqlServerPort("tcp:registry.invalid,1433").WhyClosedAsync(Token);

        Assert.Equal("The registry could not answer: the server's name is not known (DNS).", why?.Message);
    }

    /// <summary>Of these nothing can be told, and nothing is asked.</summary>
    [Theory]
    [InlineData("127.0.0.1\\SQLEXPRESS")]
    [InlineData("np:\\\\host\\pipe\\sql\\query")]
    [InlineData("127.0.0.1,0")]
    [InlineData("127.0.0.1,x")]
    [InlineData("127.0.0.1,1,2")]
    public async Task WhyClosed_NoPort_IsNothing(string server) => Assert.Null(await new SqlServerPort(server).WhyClosedAsync(Token));

    private static SqlServerPort PortOf(string server, int port) =>
        new(string.Format(System.Globalization.CultureInfo.InvariantCulture, server, port));
}
