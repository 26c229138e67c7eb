using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Permits.Verification.V1;
using Verification.Server.Checks;
using Verification.Server.Limits;
using Verification.Server.Tests.Support;
using ConsumerClass = Verification.Core.Rules.Codes.ConsumerClass;

namespace Verification.Server.Tests.Limits;

/// <summary>What a file with mistyped numbers uses up, and what it leaves to the clerks who ask one by one.</summary>
public sealed class BatchUnknownTests
{
    private const string Number = "BJ2024000017";
    private const string Exhausted = "UNKNOWN_BUDGET_EXHAUSTED";
    private const string Trailer = "verification-unknown-left";

    private static readonly string[] Own = ["UnknownBurst=3", "BatchUnknownBurst=10", "BatchUnknownPerMinute=120"];

    [Fact]
    public async Task Batch_SpendsItsOwnBudget_LeavesSingleChecksAnswered()
    {
        await using var server = await StartAsync(Own);
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);

        var reasons = ReasonsOf(await client.BatchVerifyPermitsAsync(Unknown(12)));

        Assert.Equal([.. Enumerable.Repeat(string.Empty, 10), Exhausted, Exhausted], reasons);
        Assert.Equal(PermitStatus.NotFound, (await client.VerifyPermitAsync(Calls.Check("BJ00000000"))).Verdict.Status);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.BatchVerifyPermitsAsync(Unknown(1)));
        Assert.Equal(Exhausted, refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal(TimeSpan.FromSeconds(0.5), refused.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan());
        server.Clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal([string.Empty], ReasonsOf(await client.BatchVerifyPermitsAsync(Unknown(1))));
    }

    [Fact]
    public async Task SingleChecks_SpendTheirBudget_LeaveBatchesAndStreamsAnswered()
    {
        await using var server = await StartAsync(Own);
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);
        for (var i = 0; i < 3; i++)
        {
            await client.VerifyPermitAsync(Calls.Check("BJ00000000"));
        }

        Assert.Equal(
            (StatusCode.ResourceExhausted, Exhausted),
            await Calls.ErrorOfAsync(async () => await client.GetTimelineAsync(new() { PermitNumber = Number })));
        Assert.Equal([string.Empty], ReasonsOf(await client.BatchVerifyPermitsAsync(Unknown(1))));
        Assert.Equal(8, (await StreamAsync(client, Unknown(1))).Single().UnknownLeft);
    }

    /// <summary>A setting that is not given is as the one of single checks; the budgets are two all the same.</summary>
    [Theory]
    [InlineData(3, "UnknownBurst=3")]
    [InlineData(10, "UnknownBurst=3", "BatchUnknownBurst=10")]
    [InlineData(3, "UnknownBurst=3", "BatchUnknownPerMinute=1")]
    [InlineData(200)]
    public async Task Batch_SpendsItsBudget_LeavesAClerkAnswered(int size, params string[] settings)
    {
        await using var server = await StartAsync(settings);
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);

        var reasons = ReasonsOf(await client.BatchVerifyPermitsAsync(Unknown(size + 2)));

        Assert.Equal([.. Enumerable.Repeat(string.Empty, size), Exhausted, Exhausted], reasons);
        Assert.Equal(PermitStatus.NotFound, (await client.VerifyPermitAsync(Calls.Check("BJ00000000"))).Verdict.Status);
        Assert.Equal("0", await LeftOfErrorAsync(client, Unknown(1)));
    }

    /// <summary>So there is one place to go on from, and what is refused after it tells nothing.</summary>
    [Fact]
    public async Task Batch_BudgetFillsWhileItIsAnswered_RefusesAllThatCameAfterTheFirstRefusal()
    {
        await using var server = await TestServer.StartAsync();

        // With every check the budget looks at the clock, which goes on with every look; there is another number after a second.
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(0.25) };
        var asker = TestConsumers.Asker(ConsumerClass.School, ConsumerLimits.Default with { BatchUnknownBurst = 1 }, clock);

        var reasons = ReasonsOf(await server.Service<Verifier>().VerifyAsync(
            Unknown(9), asker, new CallTime(DateTime.MaxValue, TestContext.Current.CancellationToken)));

        Assert.Equal([string.Empty, .. Enumerable.Repeat(Exhausted, 8)], reasons);
    }

    [Fact]
    public async Task Left_AfterEveryBatchAndMessage_IsTold()
    {
        await using var server = await StartAsync("BatchUnknownBurst=10", "BatchUnknownPerMinute=60");
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        using var channel = server.Connect("north");
        var client = new VerificationService.VerificationServiceClient(channel);
        var known = new BatchVerifyPermitsRequest { Checks = { Calls.Check(Number), Calls.Check("bad") } };

        Assert.Equal("10", await LeftAfterAsync(client, known));
        Assert.Equal("6", await LeftAfterAsync(client, Unknown(4)));
        Assert.Equal("6", await LeftOfErrorAsync(client, new()));
        Assert.Equal([6, 6, 2, 0, 0], (await StreamAsync(client, known, new(), Unknown(4), Unknown(4), known)).Select(answer => answer.UnknownLeft));
        Assert.Equal("0", await LeftOfErrorAsync(client, known));
    }

    /// <summary>Settings taken out and put back give nobody a fresh budget.</summary>
    [Fact]
    public void Resize_SettingsTakenOutAndPutBack_GiveNoFreshOne()
    {
        var own = ConsumerLimits.Default with { BatchUnknownPerMinute = 1, BatchUnknownBurst = 10 };
        var budget = new Budget("north", own, TimeProvider.System);
        Assert.Null(budget.TakeUnknownOfBatch(9));

        budget.Resize(ConsumerLimits.Default);
        budget.Resize(own);

        Assert.Equal(1, budget.UnknownLeftForBatches);
    }

    [Fact]
    public void Resize_OtherUnknownBudgets_CountFromThenOnAndAreTold()
    {
        var clock = new FakeTimeProvider();
        var own = ConsumerLimits.Default with { UnknownPerMinute = 60, UnknownBurst = 10, BatchUnknownPerMinute = 60, BatchUnknownBurst = 10 };
        var budget = new Budget("north", own, clock);
        Assert.Null(budget.TakeUnknown(4));
        Assert.Null(budget.TakeUnknownOfBatch(4));

        budget.Resize(own with { UnknownPerMinute = 120, UnknownBurst = 20, BatchUnknownPerMinute = 120, BatchUnknownBurst = 20 });
        Assert.Equal(16, budget.UnknownLeftForBatches);
        clock.Advance(TimeSpan.FromSeconds(1));

        foreach (var take in (Func<int, Google.Rpc.Status?>[])[budget.TakeUnknown, budget.TakeUnknownOfBatch])
        {
            Assert.Null(take(18));
            Assert.Contains("120 unknown numbers a minute, 20 at once", take(0)!.Message, StringComparison.Ordinal);
        }
    }

    private static BatchVerifyPermitsRequest Unknown(int numbers) =>
        new() { Checks = { Enumerable.Range(0, numbers).Select(i => Calls.Check($"BJ{i:D6}")) } };

    private static List<string> ReasonsOf(BatchVerifyPermitsResponse answer) =>
        [.. answer.Items.Select(item => item.Error?.GetDetail<ErrorInfo>()!.Reason ?? string.Empty)];

    private static async Task<string?> LeftAfterAsync(VerificationService.VerificationServiceClient client, BatchVerifyPermitsRequest batch)
    {
        using var call = client.BatchVerifyPermitsAsync(batch);
        await call;
        return call.GetTrailers().GetValue(Trailer);
    }

    private static async Task<string?> LeftOfErrorAsync(VerificationService.VerificationServiceClient client, BatchVerifyPermitsRequest batch) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await client.BatchVerifyPermitsAsync(batch))).Trailers.GetValue(Trailer);

    private static async Task<List<StreamVerifyPermitsResponse>> StreamAsync(
        VerificationService.VerificationServiceClient client, params BatchVerifyPermitsRequest[] batches)
    {
        using var call = client.StreamVerifyPermits();
        foreach (var batch in batches)
        {
            await call.RequestStream.WriteAsync(new() { Batch = batch }, TestContext.Current.CancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static Task<TestServer> StartAsync(params string[] limits) => TestServer.StartAsync(args:
    [
        .. TestConsumers.School("north", $"Keys:0:Sha256={TestConsumers.DigestOf("north")}"),
        .. limits.Select(limit => $"--Verification:Consumers:north:Limits:{limit}"),
    ]);
}
