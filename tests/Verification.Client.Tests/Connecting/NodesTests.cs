using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Permits.Verification.V1;
using Xunit;

namespace Verification.Client.Tests.Connecting;

/// <summary>Several nodes: calls go in turn, and around those that are gone or say that they cannot answer.</summary>
public sealed class NodesTests : IAsyncDisposable
{
    private static readonly string Service = VerificationService.Descriptor.FullName;

    private readonly List<FakeService.FakeService> _nodes = [];
    private readonly ConcurrentQueue<int> _answered = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_ToSeveralNodes_GoInTurn()
    {
        using var client = await StartAsync(nodes: 3);

        await EventuallyAsync(client, answeredBy: [0, 1, 2]);
    }

    [Fact]
    public async Task Calls_NodeThatStopped_GoToTheOthers()
    {
        using var client = await StartAsync(nodes: 2);
        await EventuallyAsync(client, answeredBy: [0, 1]);

        await _nodes[0].DisposeAsync();

        for (var call = 0; call < 20; call++)
            Assert.True((await client.VerifyAsync("BJ2024D00001", Token)).IsValid);
        await EventuallyAsync(client, answeredBy: [1]);
    }

    [Fact]
    public async Task Calls_NodeWhoseConnectionsBreak_IsPassedOverForASecond()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var client = await StartAsync(nodes: 2, time);
        await EventuallyAsync(client, answeredBy: [0, 1]);
        _nodes[0].Script.VerifyAsync = (_, context) =>
        {
            context.GetHttpContext().Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();
            return new TaskCompletionSource<VerifyPermitResponse>().Task.WaitAsync(context.CancellationToken);
        };

        for (var second = 0; second < 3; second++)
        {
            var failed = 0;
            for (var call = 0; call < 200; call++)
            {
                try
                {
                    await client.Verification.VerifyPermitAsync(new() { PermitNumber = "BJ2024D00001" }, cancellationToken: Token);
                }
                catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
                {
                    failed++;
                }
            }

            Assert.InRange(failed, second == 0 ? 1 : 0, 1);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Calls_NodeThatSaysItCannotAnswer_GoToTheOthersUntilItCan()
    {
        using var client = await StartAsync(nodes: 2);
        await EventuallyAsync(client, answeredBy: [0, 1]);

        _nodes[0].Script.WatchedHealth.SetStatus(Service, HealthCheckResponse.Types.ServingStatus.NotServing);
        await EventuallyAsync(client, answeredBy: [1]);

        _nodes[0].Script.WatchedHealth.SetStatus(Service, HealthCheckResponse.Types.ServingStatus.Serving);
        await EventuallyAsync(client, answeredBy: [0, 1]);
    }

    [Fact]
    public async Task Calls_AllNodesSayTheyCannotAnswer_AreAskedAllTheSame()
    {
        using var client = await StartAsync(nodes: 2);
        foreach (var node in _nodes)
            node.Script.WatchedHealth.SetStatus(Service, HealthCheckResponse.Types.ServingStatus.NotServing);

        await EventuallyAsync(client, answeredBy: [0, 1]);
    }

    [Fact]
    public async Task VerifyManyAsync_NodeStopsUnderIt_GoesOnWithAnother()
    {
        using var client = await StartAsync(nodes: 2);
        var told = 0;

        await foreach (var outcome in client.VerifyManyAsync(Answers.Checks(8_000), cancellationToken: Token))
        {
            Assert.Equal(told++, outcome.Index);
            if (told == 1_000)
                await _nodes[_answered.Last()].AbortAsync();
        }

        Assert.Equal(8_000, told);
        Assert.Equal([0, 1], _answered.Distinct().Order());
    }

    [Theory]
    [InlineData("http://a:1", "https://b:1", "all http or all https")]
    [InlineData("http://a:1", "ftp://b:1", "must start with http")]
    public void Constructor_AddressesThatDoNotFit_SaysSo(string first, string second, string expected)
    {
        var options = new PermitVerificationOptions { Addresses = { new(first), new(second) } };

        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new PermitVerificationClient(options)).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    /// <summary>Asks until ten answers in a row came from these nodes and no other.</summary>
    private async Task EventuallyAsync(PermitVerificationClient client, int[] answeredBy)
    {
        var begun = TimeProvider.System.GetTimestamp();
        do
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), $"The last answers came from {string.Join(", ", _answered)}.");
            _answered.Clear();
            for (var call = 0; call < 10; call++)
                await client.VerifyAsync("BJ2024D00001", Token);
        }
        while (!_answered.Distinct().Order().SequenceEqual(answeredBy));
    }

    private async Task<PermitVerificationClient> StartAsync(int nodes, TimeProvider? time = null)
    {
        var options = new PermitVerificationOptions { ApiKey = "key", TimeProvider = time ?? TimeProvider.System };
        for (var i = 0; i < nodes; i++)
        {
            var number = i;
            var node = await FakeService.FakeService.StartAsync();
            node.Script.WatchedHealth.SetStatus(Service, HealthCheckResponse.Types.ServingStatus.Serving);
            node.Script.Verify = request =>
            {
                _answered.Enqueue(number);
                return Answers.To(request);
            };
            node.Script.Stream = batch =>
            {
                _answered.Enqueue(number);
                return Answers.To(batch);
            };
            _nodes.Add(node);
            options.Addresses.Add(node.Address);
        }
        return new(options);
    }
}
