namespace Verification.Server.Tests.Faults;

/// <summary>A Redis that is careful whom it serves: the documented user is served, and a node that is not served goes without.</summary>
public sealed class RedisAccessTests : IAsyncLifetime
{
    private const string Password = "open-sesame";

    private RedisServer _redis = null!;

    private string ConnectionString => $"{_redis.ConnectionString},user=verification,password={Password}";

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartNewAsync();

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Verify_UserOfTheDocumentation_SharesPermitsAndHearsOfCommits()
    {
        await SetUserAsync();
        await using var nodes = await Sharing.StartAsync(ConnectionString);

        await nodes.AssertSharesAsync();

        await Eventually.TrueAsync(
            async () => (await _redis.AskAsync("PUBSUB", "CHANNELS", "pv1:*")).StartsWith("pv1:", StringComparison.Ordinal),
            "Nobody listens for commits.");
    }

    /// <summary>Callers notice nothing, every number is a counted miss, and the operator is told the reason.</summary>
    [Theory]
    [InlineData("get", "the 'get' command")]
    [InlineData("setex", "the 'setex' command")]
    [InlineData("echo", "Redis could not be reached")]
    public async Task Verify_UserWithoutACommand_AnswersFromTheRegistryAndTheLogSaysWhy(string command, string logged)
    {
        await SetUserAsync($"-{command}");
        await using var nodes = await Sharing.StartAsync(ConnectionString);

        await nodes.AssertSharesNothingAsync(15);

        await nodes.AssertLoggedAsync(logged);
    }

    [Fact]
    public async Task Verify_UserWithoutManyAtOnce_SharesSingleChecksOnly()
    {
        await SetUserAsync("-mget");
        await using var nodes = await Sharing.StartAsync(ConnectionString);

        await Eventually.TrueAsync(
            async () => !await nodes.SharesAsync() && nodes.Counts.Of("verification.lookups redis") > 0, "Single checks are not shared.");

        Assert.True(nodes.Counts.Misses("error") > 0, "No failed batch was counted.");
    }

    [Fact]
    public async Task Verify_UserThatMayNotListen_SharesPermitsAndTheLogSaysSo()
    {
        await SetUserAsync("-subscribe");
        await using var nodes = await Sharing.StartAsync(ConnectionString);

        await nodes.AssertSharesAsync();

        await nodes.AssertLoggedAsync("Commits cannot be heard of through Redis");
    }

    [Fact]
    public async Task Verify_WrongPassword_AnswersFromTheRegistryAndLogsNoSecret()
    {
        await SetUserAsync();
        await _redis.AskAsync("ACL", "SETUSER", "default", "off");
        await using var nodes = await Sharing.StartAsync($"{_redis.ConnectionString},user=verification,password=wrong-{Password}");

        await nodes.AssertSharesNothingAsync(15);

        await nodes.AssertLoggedAsync("WRONGPASS");
        Assert.DoesNotContain(nodes.Second.Logs.Texts, text => text.Contains(Password, StringComparison.Ordinal));
    }

    /// <summary>Makes the user as the documentation says, but for some changes.</summary>
    private async Task SetUserAsync(params string[] changes)
    {
        var documented = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "operations.md")))
            .Single(line => line.StartsWith("ACL SETUSER verification ", StringComparison.Ordinal));
        var command = documented.Replace(">PASSWORD", $">{Password}", StringComparison.Ordinal).Split(' ');
        Assert.Equal("OK", await _redis.AskAsync([.. command, .. changes]));
    }
}
