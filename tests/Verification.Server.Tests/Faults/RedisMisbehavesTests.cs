using System.Diagnostics;

namespace Verification.Server.Tests.Faults;

/// <summary>A Redis that is there and does wrong: a bounded time and a counted miss, never an error to the caller.</summary>
public sealed class RedisMisbehavesTests(ITestOutputHelper output)
{
    private const int Permits = 1_000;
    private const int InBatch = 5;
    private const int AtLeast = 15 * (1 + InBatch);

    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    /// <summary>What it does, and as what that is counted; null where that depends on how far a connection got.</summary>
    private static readonly Dictionary<string, (string? Reason, FakeRedisAnswer Answer)> Misbehaviours = new()
    {
        ["accepts and is silent"] = (null, (_, _) => string.Empty),
        ["closes on every command"] = (null, (_, _) => null),
        ["speaks another language"] = (null, (_, _) => "HTTP/1.1 400 Bad Request\r\n\r\n"),
        ["answers noise"] = (null, (_, _) => Noise()),
        ["wants a password"] = (null, (_, _) => "-NOAUTH Authentication required.\r\n"),
        ["is silent to reads"] = ("timeout", On(string.Empty)),
        ["closes on reads"] = ("error", On(null)),
        ["begins an answer and stops"] = ("timeout", On("$1000\r\nabc")),
        ["moved"] = ("error", On("-MOVED 3999 127.0.0.1:1\r\n")),
        ["asks elsewhere"] = ("error", On("-ASK 3999 127.0.0.1:1\r\n")),
        ["is loading"] = ("error", On("-LOADING Redis is loading the dataset in memory\r\n")),
        ["is out of memory"] = ("error", On("-OOM command not allowed when used memory > 'maxmemory'.\r\n")),
        ["is read-only"] = ("error", On("-READONLY You can't write against a read only replica.\r\n")),
        ["forbids"] = ("error", On("-NOPERM this user has no permissions to run the command\r\n")),
        ["knows no commands and repeats them"] = ("error", (command, usually) => IsOurs(command)
            ? $"-ERR unknown command '{command[0]}', with args beginning with: '{command[1]}'\r\n"
            : usually()),
        ["answers nothing of many"] = ("error", On("*0\r\n")),
        ["answers a null array"] = ("error", On("*-1\r\n")),
        ["answers too many"] = ("error", On($"*7\r\n{string.Concat(Enumerable.Repeat("$-1\r\n", 7))}")),
        ["answers arrays in an array"] = ("error", On($"*{InBatch}\r\n{string.Concat(Enumerable.Repeat("*1\r\n:1\r\n", InBatch))}")),
        ["answers a word"] = ("error", On("+QUEUED\r\n")),
        ["answers a number"] = ("error", On(":17\r\n")),
        ["answers values that are none"] = ("length", (command, usually) => command[0] switch
        {
            "GET" when IsOurs(command) => "$5\r\nhello\r\n",
            "MGET" => $"*{command.Length - 1}\r\n{string.Concat(Enumerable.Repeat("$5\r\nhello\r\n", command.Length - 1))}",
            _ => usually(),
        }),
    };

    public static TheoryData<string> Names => [.. Misbehaviours.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Verify_RedisMisbehaves_EveryNumberIsAnsweredByTheRegistryAndCountedAsAMiss(string misbehaviour)
    {
        var (reason, answer) = Misbehaviours[misbehaviour];
        var reads = 0;
        await using var redis = new FakeRedis((command, usually) =>
        {
            Interlocked.Add(ref reads, command[0] is "GET" or "MGET" && IsOurs(command) ? 1 : 0);
            return answer(command, usually);
        });
        await using var server = await Node.StartAsync(redis.ConnectionString);
        await Registered.ImportAsync(server, Permits);
        using var counts = Node.Count(server);

        var asked = 0;
        var longest = TimeSpan.Zero;
        var begun = Stopwatch.GetTimestamp();

        // Until it was asked for values, or long enough for a client that never gets so far; then until the circuit is open.
        while ((Volatile.Read(ref reads) < 2 && Stopwatch.GetElapsedTime(begun) < ToConnect) || asked < AtLeast)
        {
            await TimedAsync(Registered.AskAsync(server, asked));
            await TimedAsync(Registered.AskAsync(server, Enumerable.Range(asked + 1, InBatch)));
            asked += 1 + InBatch;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        output.WriteLine(
            $"{asked} numbers, {redis.Commands} commands, {reads} reads, longest call {longest.TotalMilliseconds:0} ms; "
            + $"misses {string.Join(", ", counts.MissReasons)}; writes dropped {string.Join(", ", counts.DroppedWrites)}");
        Assert.Equal(asked, counts.MissReasons.Values.Sum());
        Assert.True(reason is null || counts.Misses(reason) > 0, $"Nothing was counted as {reason}.");
        Assert.Equal(asked, counts.Of("verification.lookups registry"));
        Assert.True(longest < Bound, $"A call took {longest.TotalMilliseconds:0} ms.");
        Assert.True((await server.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
        Assert.DoesNotContain(server.Logs.Texts, text => text.Contains("BJ2020", StringComparison.Ordinal));

        async Task TimedAsync(Task call)
        {
            var sent = Stopwatch.GetTimestamp();
            await call;
            longest = Stopwatch.GetElapsedTime(sent) is var took && took > longest ? took : longest;
        }
    }

    /// <summary>This answer to reads and writes of values; all else as usual.</summary>
    private static FakeRedisAnswer On(string? answer) => (command, usually) =>
        command[0] is "GET" or "MGET" or "SET" or "SETEX" or "PSETEX" && IsOurs(command) ? answer : usually();

    private static bool IsOurs(string[] command) => command.Length > 1 && command[1].StartsWith("pv1:", StringComparison.Ordinal);

    private static string Noise()
    {
        var bytes = new byte[200];
        Random.Shared.NextBytes(bytes);
        return System.Text.Encoding.Latin1.GetString(bytes);
    }
}
