using System.Net.Sockets;
using DotNet.Testcontainers.Builders;
using Microsoft.Data.SqlClient;
using Testcontainers.MsSql;

namespace Verification.SqlServerSupport;

/// <summary>
/// The server that the live tests use, looked for once in a process: the one that VERIFICATION_TEST_SQLSERVER names, or one in a
/// container where a Docker engine answers. A server that is named but does not work fails the tests.
/// </summary>
public sealed record SqlServerTestServer(string? ConnectionString, string? SkipReason)
{
    private const string Variable = "VERIFICATION_TEST_SQLSERVER";
    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";
    private const string DockerSocket = "/var/run/docker.sock";

    private static readonly Lazy<Task<SqlServerTestServer>> Found = new(FindAsync);

    /// <summary>The server's connection string. Skips the test where there is no server.</summary>
    public static async Task<string> ConnectionStringOrSkipAsync()
    {
        var server = await Found.Value;
        Assert.SkipWhen(server.SkipReason is not null, server.SkipReason ?? string.Empty);
        return server.ConnectionString!;
    }

    private static async Task<SqlServerTestServer> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new SqlServerTestServer(new SqlConnectionStringBuilder(named).ConnectionString, null);
        }

        if (!await DockerAnswersAsync())
        {
            return new SqlServerTestServer(null, $"{Variable} is not set and no Docker engine answers: there is no SQL Server to test on.");
        }

        try
        {
            var container = new MsSqlBuilder(Image).Build();
            await container.StartAsync();
            return new SqlServerTestServer(container.GetConnectionString(), null);
        }
        catch (DockerUnavailableException unavailable)
        {
            return new SqlServerTestServer(null, $"{Variable} is not set, and {unavailable.Message}");
        }
    }

    private static async Task<bool> DockerAnswersAsync()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 })
        {
            return true;
        }

        if (!File.Exists(DockerSocket))
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(DockerSocket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
