using Google.Rpc;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Limits;

public sealed class LimitTests
{
    private const string Number = "BJ2024000017";
    private const string Holder = "110105199003072338";

    [Fact]
    public async Task Checks_BudgetUsedUp_AreRefusedWithTheQuotaAndWhenToRetry()
    {
        await using var server = await StartAsync("CheckBurst=1000", "ChecksPerSecond=10", "UnknownBurst=100000");
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);
        await client.BatchVerifyPermitsAsync(Batch(999));
        await client.VerifyPermitAsync(Calls.Check(Number));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.BatchVerifyPermitsAsync(Batch(50)));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal("RATE_EXCEEDED", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal(TimeSpan.FromSeconds(5), error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
        Assert.Equal("5000", error.Trailers.GetValue("grpc-retry-pushback-ms"));
        var violation = Assert.Single(error.GetRpcStatus()!.GetDetail<QuotaFailure>()!.Violations);
        Assert.Equal("consumer:north", violation.Subject);
        Assert.Equal("RATE_EXCEEDED", (await Calls.ErrorOfAsync(async () => await client.GetTimelineAsync(new() { PermitNumber = Number }))).Reason);
        Assert.Equal("RATE_EXCEEDED", (await Calls.ErrorOfAsync(async () => await client.GetRulebookAsync(new()))).Reason);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(50, (await client.BatchVerifyPermitsAsync(Batch(50))).Items.Count);
    }

    [Fact]
    public async Task Batches_NotAllowed_AreDeniedAndSingleChecksAnswered()
    {
        await using var server = await StartAsync("CheckBurst=10", "Batches=false");
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);

        var error = await Calls.ErrorOfAsync(async () => await client.BatchVerifyPermitsAsync(Batch(1)));

        Assert.Equal((StatusCode.PermissionDenied, "BATCHES_NOT_ALLOWED"), error);
        await client.VerifyPermitAsync(Calls.Check(Number));
    }

    [Fact]
    public async Task Streams_TooMany_AreRefusedUntilOneEnds()
    {
        await using var server = await StartAsync("ConcurrentStreams=2");
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);
        using var first = await OpenAsync(client);
        using var second = await OpenAsync(client);

        var error = await Calls.ErrorOfAsync(async () => await OpenAsync(client));
        await first.RequestStream.CompleteAsync();
        Assert.False(await first.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        using var third = await OpenAsync(client);

        Assert.Equal((StatusCode.ResourceExhausted, "STREAMS_EXHAUSTED"), error);
    }

    [Fact]
    public async Task Stream_MessageBeyondTheBudget_IsRefusedAndTheStreamGoesOn()
    {
        await using var server = await StartAsync("CheckBurst=1000", "ChecksPerSecond=1000", "UnknownBurst=100000");
        using var channel = server.Connect("north");
        using var call = new VerificationService.VerificationServiceClient(channel).StreamVerifyPermits();

        Assert.Null((await ExchangeAsync(call, 1_000)).Error);
        Assert.Equal("RATE_EXCEEDED", (await ExchangeAsync(call, 1)).Error.GetDetail<ErrorInfo>()!.Reason);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await ExchangeAsync(call, 1_000)).Error);
    }

    /// <summary>When no unknown number is left, known ones are refused like unknown ones: nothing tells them apart.</summary>
    [Fact]
    public async Task UnknownNumbers_BudgetUsedUp_RefusesKnownOnesTheSame()
    {
        await using var server = await StartAsync("UnknownBurst=20", "UnknownPerMinute=60");
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);
        var batch = Batch(30);
        batch.Checks.Insert(10, Calls.Check(Number));
        batch.Checks.Add(Calls.Check(Number));

        var items = (await client.BatchVerifyPermitsAsync(batch)).Items;

        Assert.Equal(21, items.Count(item => item.Response is not null));
        Assert.All(items.Skip(21), item => Assert.Equal("UNKNOWN_BUDGET_EXHAUSTED", item.Error.GetDetail<ErrorInfo>()!.Reason));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(PermitStatus.NotFound, (await client.VerifyPermitAsync(Calls.Check("BJ00000000"))).Verdict.Status);
        }

        var known = await Assert.ThrowsAsync<RpcException>(async () => await client.VerifyPermitAsync(Calls.Check(Number)));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await client.VerifyPermitAsync(Calls.Check("BJ00000000")));
        Assert.Equal(known.GetRpcStatus(), unknown.GetRpcStatus());
        Assert.Equal(
            known.GetRpcStatus(),
            (await Assert.ThrowsAsync<RpcException>(async () => await client.GetTimelineAsync(new() { PermitNumber = Number }))).GetRpcStatus());
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PermitStatus.Valid, (await client.VerifyPermitAsync(Calls.Check(Number))).Verdict.Status);
    }

    /// <summary>An authority that looked up too many wrong numbers goes on recording: that asks about none.</summary>
    [Fact]
    public async Task UnknownNumbers_BudgetUsedUp_LetsEventsBeRecorded()
    {
        await using var server = await TestServer.StartAsync(args:
        [
            "--Verification:Consumers:bureau:Class=issuing_authority",
            "--Verification:Consumers:bureau:Roles:0=register",
            $"--Verification:Consumers:bureau:Keys:0:Sha256={TestConsumers.DigestOf("bureau")}",
            "--Verification:Consumers:bureau:Limits:UnknownBurst=1",
        ]);
        using var channel = server.Connect("bureau");
        var registry = new Permits.Registry.V1.RegistryService.RegistryServiceClient(channel);
        await registry.GetPermitAsync(new() { PermitNumber = "BJ2024000018" });

        Assert.Equal(
            (StatusCode.ResourceExhausted, "UNKNOWN_BUDGET_EXHAUSTED"),
            await Calls.ErrorOfAsync(async () => await registry.GetPermitAsync(new() { PermitNumber = "BJ2024000018" })));
        await registry.RecordEventAsync(new() { RequestId = "one", Event = Calls.Issued(Number, "2025-05-01") });
    }

    [Fact]
    public async Task IdentityGuesses_AThousandOneByOneInBatchesAndOnManyConnections_StopAfterFive()
    {
        await using var server = await StartAsync("CheckBurst=100000");
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01", holder: Holder));
        await server.RecordAsync(Calls.Issued("BJ2024000018", "2025-05-01", holder: Holder));
        await server.RecordAsync(Calls.Issued("BJ2024000019", "2025-05-01", holder: Holder));
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);
        var guesses = Identities().Where(identity => identity != Holder).Take(1_000).ToArray();

        var oneByOne = 0;
        foreach (var guess in guesses.Take(100))
        {
            oneByOne += await IsComparedAsync(client, Guess(Number, guess)) ? 1 : 0;
        }

        var batch = new BatchVerifyPermitsRequest { Checks = { guesses.Select(guess => Guess("BJ2024000018", guess)) } };
        var inBatch = (await client.BatchVerifyPermitsAsync(batch)).Items.Count(item => item.Response is not null);

        var channels = Enumerable.Range(0, 100).Select(_ => server.Connect("north")).ToArray();
        var atOnce = await Task.WhenAll(channels.SelectMany((one, i) => guesses.Skip(i * 10).Take(10)
            .Select(guess => IsComparedAsync(new(one), Guess("BJ2024000019", guess)))));
        Array.ForEach(channels, one => one.Dispose());

        Assert.Equal((5, 5, 5), (oneByOne, inBatch, atOnce.Count(isCompared => isCompared)));
        var right = await Calls.ErrorOfAsync(async () => await client.VerifyPermitAsync(Guess(Number, Holder)));
        Assert.Equal((StatusCode.ResourceExhausted, "GUESS_BUDGET_EXHAUSTED"), right);
        Assert.Equal(PermitStatus.Valid, (await client.VerifyPermitAsync(Calls.Check(Number))).Verdict.Status);
        using var other = server.Connect("housing");
        Assert.True(await IsComparedAsync(new(other), Guess(Number, Holder)));
        await server.LeapAsync(TimeSpan.FromDays(1));
        Assert.True(await IsComparedAsync(client, Guess(Number, Holder)));
    }

    [Fact]
    public async Task CardEditions_WrongFiveTimes_AreRefusedAfterwards()
    {
        await using var server = await StartAsync("CheckBurst=100000");
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);

        for (var edition = 2; edition < 7; edition++)
        {
            Assert.True(await IsComparedAsync(client, new() { PermitNumber = Number, CardEdition = edition }));
        }

        Assert.False(await IsComparedAsync(client, new() { PermitNumber = Number, CardEdition = 1 }));
    }

    /// <summary>Well-formed numbers that differ in their last digits.</summary>
    private static IEnumerable<string> Identities() =>
        from sequence in Enumerable.Range(0, 1_000)
        from day in Enumerable.Range(1, 2)
        from check in "0123456789X"
        let number = $"110105199003{day:D2}{sequence:D3}{check}"
        where Core.Permits.ResidentIdentityNumber.TryParse(number, out _)
        select number;

    private static VerifyPermitRequest Guess(string number, string identity) =>
        new() { PermitNumber = number, Subject = new Subject { IdentityNumber = identity } };

    private static async Task<bool> IsComparedAsync(VerificationService.VerificationServiceClient client, VerifyPermitRequest guess)
    {
        try
        {
            await client.VerifyPermitAsync(guess);
            return true;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.ResourceExhausted)
        {
            return false;
        }
    }

    private static BatchVerifyPermitsRequest Batch(int size) =>
        new() { Checks = { Enumerable.Range(0, size).Select(i => Calls.Check($"BJ{i:D6}")) } };

    private static async Task<AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse>> OpenAsync(
        VerificationService.VerificationServiceClient client)
    {
        var call = client.StreamVerifyPermits();
        await ExchangeAsync(call, 1);
        return call;
    }

    private static async Task<StreamVerifyPermitsResponse> ExchangeAsync(
        AsyncDuplexStreamingCall<StreamVerifyPermitsRequest, StreamVerifyPermitsResponse> call, int checks)
    {
        try
        {
            await call.RequestStream.WriteAsync(new StreamVerifyPermitsRequest { Batch = Batch(checks) });
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            Assert.NotEmpty(ended.Message);
        }

        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return call.ResponseStream.Current;
    }

    private static Task<TestServer> StartAsync(params string[] limits) => TestServer.StartAsync(args:
    [
        "--Verification:Consumers:north:Class=housing_registry",
        "--Verification:Consumers:north:Roles:0=verify",
        $"--Verification:Consumers:north:Keys:0:Sha256={TestConsumers.DigestOf("north")}",
        .. limits.Select(limit => $"--Verification:Consumers:north:Limits:{limit}"),
    ]);
}
