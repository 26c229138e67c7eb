using Google.Rpc;
using Grpc.Core;
using Permits.Verification.V1;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Checks;

public sealed class BatchTests
{
    private const string Number = "BJ2024000017";

    [Fact]
    public async Task BatchVerifyPermits_GoodAndBadItems_AreAnsweredInOrder()
    {
        await using var server = await TestServer.StartAsync();
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        var batch = new BatchVerifyPermitsRequest
        {
            Checks =
            {
                Calls.Check(Number),
                Calls.Check("bad"),
                new VerifyPermitRequest { PermitNumber = Number, Freshness = new Freshness() },
                new VerifyPermitRequest { PermitNumber = Number, KnownAtRevision = 1 },
                Calls.Check("JZ2024000017"),
            },
        };

        var items = (await server.Permits.BatchVerifyPermitsAsync(batch)).Items;

        Assert.Equal(PermitStatus.Valid, items[0].Response.Verdict.Status);
        Assert.Equal("permit_number:MALFORMED_PERMIT_NUMBER", Calls.WrongFieldsOf(items[1].Error));
        Assert.Equal("MALFORMED_PERMIT_NUMBER", items[1].Error.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal("freshness:NOT_ALLOWED_IN_BATCH", Calls.WrongFieldsOf(items[2].Error));
        Assert.Equal("known_at_revision:NOT_ALLOWED_IN_BATCH", Calls.WrongFieldsOf(items[3].Error));
        Assert.Equal(PermitStatus.NotFound, items[4].Response.Verdict.Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task BatchVerifyPermits_WrongSize_IsInvalid(int size)
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal(
            "checks:INVALID_BATCH_SIZE",
            await Calls.WrongFieldsOfAsync(async () => await server.Permits.BatchVerifyPermitsAsync(Batch(size))));
    }

    [Fact]
    public async Task BatchVerifyPermits_NoGoodItem_StillAnswersAndKnowsRevisions()
    {
        await using var server = await TestServer.StartAsync();
        var batch = new BatchVerifyPermitsRequest { Checks = { Calls.Check("bad") } };
        var beyond = new BatchVerifyPermitsRequest { Checks = { Calls.Check("bad") }, KnownAtRevision = 7 };

        Assert.NotNull((await server.Permits.BatchVerifyPermitsAsync(batch)).Items.Single().Error);
        Assert.Equal(
            (StatusCode.OutOfRange, "REVISION_UNKNOWN"),
            await Calls.ErrorOfAsync(async () => await server.Permits.BatchVerifyPermitsAsync(beyond)));
    }

    [Fact]
    public async Task StreamVerifyPermits_GoodAndBadMessages_AreAnsweredInOrderAndStreamGoesOn()
    {
        await using var server = await TestServer.StartAsync();
        using var call = server.Permits.StreamVerifyPermits();
        StreamVerifyPermitsRequest[] messages =
        [
            new() { Sequence = 7, Batch = Batch(2) },
            new() { Sequence = -1, Batch = Batch(1_001) },
            new() { Sequence = 7, Batch = new BatchVerifyPermitsRequest() },
            new() { Sequence = 8 },
            new() { Sequence = 9, Batch = Batch(1, batch => batch.Freshness = new Freshness { FullyConsistent = false }) },
            new() { Sequence = 10, Batch = Batch(1, batch => batch.KnownAtRevision = 5) },
            new() { Sequence = 11, Batch = Batch(1_000) },
        ];
        foreach (var message in messages)
        {
            await call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        var answers = await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(messages.Select(message => message.Sequence), answers.Select(answer => answer.Sequence));
        Assert.Equal(
            ["", "INVALID_BATCH_SIZE", "INVALID_BATCH_SIZE", "INVALID_BATCH_SIZE", "INVALID_FRESHNESS", "REVISION_UNKNOWN", ""],
            answers.Select(answer => answer.Error?.GetDetail<ErrorInfo>()!.Reason ?? string.Empty));
        Assert.Equal(1_000, answers[^1].Response.Items.Count);
    }

    private static BatchVerifyPermitsRequest Batch(int size, Action<BatchVerifyPermitsRequest>? change = null)
    {
        var batch = new BatchVerifyPermitsRequest();
        batch.Checks.AddRange(Enumerable.Range(0, size).Select(i => Calls.Check($"BJ{i:D6}")));
        change?.Invoke(batch);
        return batch;
    }
}
