using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Verification.Core.Registry;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

public sealed class SqlServerUnreachableTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_ConnectionRefused_IsUnavailableSoonAndTellsNoSecret()
    {
        using var port = new ClosedPort();
        var watch = Stopwatch.StartNew();

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(() => OpenAsync(port.Number, TimeSpan.FromMinutes(5)));

        Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ServerThatNeverAnswers_IsUnavailableWhenTheTimeIsOver()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var watch = Stopwatch.StartNew();

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(
            () => OpenAsync(((IPEndPoint)silent.LocalEndpoint).Port, TimeSpan.FromSeconds(0.5)));

        Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
        Assert.Contains("took longer than 0.5 s", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CallerGivesUp_IsCancelledAtOnce()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var opening = OpenAsync(((IPEndPoint)silent.LocalEndpoint).Port, TimeSpan.FromMinutes(5), caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    private static Task<SqlServerRegistry> OpenAsync(int port, TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        SqlServerRegistry.OpenAsync(
            new SqlServerRegistryOptions
            {
                ConnectionString = $"Server=tcp:127.0.0.1,{port};Database=registry;User ID=sa;Password=hunter2;Encrypt=False;Connect Timeout=1",
                OpenTimeout = timeout,
            },
            digestKeyId: 1,
            TimeProvider.System,
            cancellationToken ?? Token);
}
