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

    /// <summary>The start waits as long as the settings say, tells why, and ends with the cause and without a secret.</summary>
    [Fact]
    public async Task Open_ConnectionRefused_IsWaitedForAndThenUnavailable()
    {
        using var port = new ClosedPort();
        var watch = Stopwatch.StartNew();
        var told = new List<string>();

        var refused = await Assert.ThrowsAsync<RegistryUnavailableException>(
            () => OpenAsync(port.Number, TimeSpan.FromSeconds(4), waiting: told.Add));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(3), Patience);
        Assert.Equal(["The registry could not answer: connection refused: SQL Server is not listening there."], told);
        Assert.Equal($"{told[0]} It was waited for 00:00:04.", refused.Message);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The driver calls it error 0, "Success".</summary>
    [Fact]
    public async Task Open_ServerThatFails_TellsWhatTheNetworkSaid()
    {
        using var resetting = new TcpListener(IPAddress.Loopback, 0);
        resetting.Start();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var told = new TaskCompletionSource<string>();
        var opening = OpenAsync(
            ((IPEndPoint)resetting.LocalEndpoint).Port, TimeSpan.FromMinutes(5), end.Token, why => told.TrySetResult(why));
        var resets = ResetAllAsync(resetting, end.Token);

        await Task.WhenAny(told.Task, opening);
        Assert.False(opening.IsCompleted, opening.Exception?.ToString());
        Assert.Equal("The registry could not answer: the connection was reset by the server, or by what is between.", await told.Task);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        await resets;
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

    private static async Task ResetAllAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync(cancellationToken);
                socket.LingerState = new LingerOption(true, 0);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static Task<SqlServerRegistry> OpenAsync(
        int port, TimeSpan timeout, CancellationToken? cancellationToken = null, Action<string>? waiting = null) =>
        SqlServerRegistry.OpenAsync(
            new SqlServerRegistryOptions
            {
                ConnectionString = $"Server=tcp:127.0.0.1,{port};Database=registry;User ID=sa;Password=hunter2;Encrypt=False;Connect Timeout=1",
                OpenTimeout = timeout,
            },
            createIfMissing: true,
            digestKeyId: 1,
            TimeProvider.System,
            cancellationToken ?? Token,
            waiting);
}
