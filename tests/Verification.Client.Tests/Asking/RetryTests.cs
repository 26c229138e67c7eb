using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using Verification.FakeService;
using Xunit;

namespace Verification.Client.Tests.Asking;

/// <summary>What is tried again, after how long, and what is not.</summary>
public sealed class RetryTests : IAsyncDisposable
{
    private readonly LeapingTime _time = new();
    private FakeService.FakeService? _service;
    private int _tries;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCode.Unavailable, VerificationReasons.RegistryUnavailable)]
    [InlineData(StatusCode.Unavailable, VerificationReasons.Overloaded)]
    [InlineData(StatusCode.ResourceExhausted, VerificationReasons.RateExceeded)]
    public async Task VerifyAsync_PassingFailure_IsTriedAgainWhenTheServiceSays(StatusCode code, string reason)
    {
        using var client = await StartAsync(failures: 2, () => Fail(code, reason, TimeSpan.FromSeconds(1.5)));

        Assert.True((await client.VerifyAsync("BJ2024D00002", Token)).IsValid);
        Assert.Equal(3, _tries);
        Assert.Equal([TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.5)], _time.Waits);
    }

    [Fact]
    public async Task VerifyAsync_ServiceSaysNoTime_WaitsLongerEachTime()
    {
        using var client = await StartAsync(failures: 3, () => Fail(StatusCode.Unavailable, VerificationReasons.ShuttingDown));

        Assert.True((await client.VerifyAsync("BJ2024D00002", Token)).IsValid);
        Assert.Collection(
            _time.Waits,
            wait => Assert.InRange(wait.TotalMilliseconds, 150, 250),
            wait => Assert.InRange(wait.TotalMilliseconds, 300, 500),
            wait => Assert.InRange(wait.TotalMilliseconds, 600, 1_000));
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, VerificationReasons.MalformedPermitNumber)]
    [InlineData(StatusCode.PermissionDenied, VerificationReasons.EntitlementOutOfScope)]
    [InlineData(StatusCode.Unauthenticated, VerificationReasons.CredentialInvalid)]
    [InlineData(StatusCode.OutOfRange, VerificationReasons.RevisionUnknown)]
    [InlineData(StatusCode.ResourceExhausted, VerificationReasons.UnknownBudgetExhausted)]
    [InlineData(StatusCode.ResourceExhausted, VerificationReasons.GuessBudgetExhausted)]
    [InlineData(StatusCode.ResourceExhausted, VerificationReasons.MessageTooLarge)]
    [InlineData(StatusCode.Internal, VerificationReasons.Internal)]
    public async Task VerifyAsync_FailureThatStays_IsToldAtOnce(StatusCode code, string reason)
    {
        using var client = await StartAsync(failures: 1, () => Fail(code, reason));

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => client.VerifyAsync("BJ2024D00002", Token));

        Assert.Equal((reason, code, 1), (exception.Reason, exception.Fault.StatusCode, _tries));
    }

    [Fact]
    public async Task VerifyAsync_FailsEveryTime_TellsTheLastFailureAfterMaxTries()
    {
        using var client = await StartAsync(int.MaxValue, () => Fail(StatusCode.Unavailable, VerificationReasons.RegistryStale), options => options.MaxTries = 3);

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => client.VerifyAsync("BJ2024D00002", Token));

        Assert.Equal((VerificationReasons.RegistryStale, true, 3), (exception.Reason, exception.CouldNotTell, _tries));
    }

    [Fact]
    public async Task VerifyAsync_WaitBeyondTheDeadline_IsNotBegun()
    {
        using var client = await StartAsync(
            1, () => Fail(StatusCode.ResourceExhausted, VerificationReasons.RateExceeded, TimeSpan.FromSeconds(10)), options => options.Deadline = TimeSpan.FromSeconds(9));

        var exception = await Assert.ThrowsAsync<PermitVerificationException>(() => client.VerifyAsync("BJ2024D00002", Token));

        Assert.Equal((VerificationReasons.RateExceeded, TimeSpan.FromSeconds(10), 1), (exception.Reason, exception.RetryAfter, _tries));
        Assert.Empty(_time.Waits);
    }

    /// <summary>The first try hangs: its own deadline ends it, and the second is answered within the whole.</summary>
    [Fact]
    public async Task VerifyAsync_TryThatHangs_EndsByItsOwnDeadline()
    {
        using var client = await StartAsync(
            failures: 0, () => throw new InvalidOperationException(), options => options.TryDeadline = TimeSpan.FromMilliseconds(200));
        _service!.Script.VerifyAsync = async (request, context) =>
        {
            if (Interlocked.Increment(ref _tries) == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            return Answers.To(request);
        };

        Assert.True((await client.VerifyAsync("BJ2024D00002", Token)).IsValid);
        Assert.Equal(2, _tries);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task VerifyAsync_ConnectionBreaksUnderIt_IsTriedAgainUnlessItMayCostAGuess(bool isGuess, int tries)
    {
        using var client = await StartAsync(failures: 0, () => throw new InvalidOperationException());
        _service!.Script.VerifyAsync = async (request, context) =>
        {
            if (Interlocked.Increment(ref _tries) > 1)
                return Answers.To(request);
            context.GetHttpContext().Features.Get<IConnectionLifetimeFeature>()!.Abort();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            throw new InvalidOperationException();
        };
        var check = new PermitCheck("BJ2024D00002") { CardEdition = isGuess ? 1 : null };

        var exception = await Record.ExceptionAsync(() => client.VerifyAsync(check, Token));

        Assert.Equal((isGuess, tries), (exception is PermitVerificationException { CouldNotTell: true }, _tries));
    }

    /// <summary>What the service says of a guess it has not decided.</summary>
    [Fact]
    public async Task VerifyAsync_GuessThatTheServiceRefusedToDecide_IsTriedAgain()
    {
        using var client = await StartAsync(failures: 1, () => Fail(StatusCode.Unavailable, VerificationReasons.Overloaded, TimeSpan.FromSeconds(1)));

        await client.VerifyAsync(new PermitCheck("BJ2024D00002") { Subject = new() { IdentityNumber = "AB123456" } }, Token);

        Assert.Equal(2, _tries);
    }

    [Fact]
    public async Task VerifyAsync_GivenUpWhileItRuns_IsCancelled()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var client = await StartAsync(failures: 0, () => throw new InvalidOperationException());
        _service!.Script.VerifyAsync = async (_, context) =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            throw new InvalidOperationException();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.VerifyAsync("BJ2024D00002", giveUp.Token));
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    private static RpcException Fail(StatusCode code, string reason, TimeSpan? retryAfter = null) =>
        Faults.Status(code, reason, "no", retryAfter).ToRpcException();

    private async Task<PermitVerificationClient> StartAsync(int failures, Func<RpcException> failure, Action<PermitVerificationOptions>? configure = null)
    {
        _service = await FakeService.FakeService.StartAsync();
        _service.Script.Verify = request => Interlocked.Increment(ref _tries) <= failures ? throw failure() : Answers.To(request);
        var options = new PermitVerificationOptions { Address = _service.Address, TimeProvider = _time };
        configure?.Invoke(options);
        return new(options);
    }
}
