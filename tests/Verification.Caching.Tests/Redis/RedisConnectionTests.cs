using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using Verification.Caching.Redis;

namespace Verification.Caching.Tests.Redis;

public sealed class RedisConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Exception> Failures =>
    [
        new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "refused", null, CommandStatus.Unknown),
        new RedisTimeoutException(CommandFlags.None, "The handshake timed out.", CommandStatus.Sent),
        new InvalidOperationException("An answer that the library did not expect."),
        new ObjectDisposedException("socket"),
        new TaskCanceledException(),
    ];

    /// <summary>Whatever the library throws at the first connection: without another try Redis would be off until a restart.</summary>
    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Failures))]
    public async Task Connect_FirstTryFails_IsTriedAgain(Exception failure)
    {
        await using var redis = new FakeRedis((_, usually) => usually());
        var log = new CountedLog();
        var tries = 0;
        await using var connection = new RedisConnection(
            new RedisOptions { ConnectionString = redis.ConnectionString },
            TimeProvider.System,
            log,
            configuration => ++tries == 1 ? throw failure : ConnectionMultiplexer.ConnectAsync(configuration));

        Assert.True((await connection.WhenMadeAsync(Token).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token)).IsConnected);
        Assert.Equal(2, tries);
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task Connect_EveryTryFails_SaysSoOnceAMinute()
    {
        var clock = new FakeTimeProvider();
        var log = new CountedLog();
        var tries = 0;
        await using var connection = new RedisConnection(
            new RedisOptions { ConnectionString = "localhost" },
            clock,
            log,
            _ =>
            {
                Interlocked.Increment(ref tries);
                throw new TaskCanceledException();
            });

        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Volatile.Read(ref tries) >= 100;
            },
            "It is not tried.");

        Assert.InRange(log.Lines.Count, 2, 1 + (int)((clock.GetUtcNow() - clock.Start).TotalMinutes));
    }
}
