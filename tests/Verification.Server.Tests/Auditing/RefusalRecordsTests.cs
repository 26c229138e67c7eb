using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Server.Auditing;
using Verification.Server.Telemetry;
using Verification.Server.Tests.Support;
using Contract = Permits.Verification.V1;
using Refusal = Verification.Server.Errors.Refusal;

namespace Verification.Server.Tests.Auditing;

/// <summary>What is refused leaves a record with its reason; what is refused fast leaves one with a count.</summary>
public sealed class RefusalRecordsTests : IAsyncDisposable
{
    private const string Number = "BJ2024000017";

    private readonly FakeTimeProvider _clock = new(TestServer.Now);
    private readonly CollectingTrail _trail = new();
    private readonly PermitNumber _number = PermitNumber.Parse(Number);
    private readonly RefusalRecords _records;

    public RefusalRecordsTests() => _records = new RefusalRecords(_trail, _clock);

    public ValueTask DisposeAsync() => _records.DisposeAsync();

    [Fact]
    public async Task Refusals_OfEveryWay_AreRecordedWithTheirReason()
    {
        await using var server = await TestServer.StartAsync(args:
            [.. TestConsumers.School("walker", $"Keys:0:Sha256={TestConsumers.DigestOf("walker")}", "Limits:UnknownBurst=1", "Limits:CheckBurst=5000")]);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));
        using var channel = server.Connect("walker");
        using var nobody = server.Connect("nobody's");
        var walker = new VerificationService.VerificationServiceClient(channel);
        var outOfScope = new VerifyPermitRequest { PermitNumber = Number, Entitlements = { Contract.Entitlement.HomePurchase } };

        await RefusedAsync(async () => await new VerificationService.VerificationServiceClient(nobody).VerifyPermitAsync(outOfScope));
        await RefusedAsync(async () => await new RegistryService.RegistryServiceClient(channel).GetPermitAsync(new() { PermitNumber = Number }));
        await RefusedAsync(async () => await walker.VerifyPermitAsync(outOfScope));
        await RefusedAsync(async () => await walker.GetTimelineAsync(new() { PermitNumber = "1" }));
        await RefusedAsync(async () => await walker.BatchVerifyPermitsAsync(new()));
        await walker.BatchVerifyPermitsAsync(new() { Checks = { outOfScope } });
        using (var stream = walker.StreamVerifyPermits())
        {
            await stream.RequestStream.WriteAsync(new());
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
            await stream.RequestStream.CompleteAsync();
            Assert.False(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }

        await RefusedAsync(() => server.RecordAsync(Calls.Issued(Number, "2025-05-01")));
        await RefusedAsync(() => server.ImportAsync(string.Empty, "{}"));
        await RefusedAsync(async () => await walker.GetRulebookAsync(new() { Version = "1066" }));
        await walker.VerifyPermitAsync(Calls.Check("BJ00000001"));
        await RefusedAsync(async () => await walker.VerifyPermitAsync(Calls.Check(Number)));

        var records = (await server.RecordsAsync()).Where(record => record.Refusal is not null);

        Assert.Equal(
            [
                " Check CREDENTIAL_INVALID 1 ",
                "walker PermitRead ROLE_MISSING 1 ",
                $"walker Check ENTITLEMENT_OUT_OF_SCOPE 1 {Number}",
                "walker Timeline MALFORMED_PERMIT_NUMBER 1 ",
                "walker Batch INVALID_BATCH_SIZE 1 ",
                $"walker BatchItem ENTITLEMENT_OUT_OF_SCOPE 1 {Number}",
                "walker StreamMessage INVALID_BATCH_SIZE 1 ",
                "authority Recording ALREADY_ISSUED 1 ",
                "authority Import FIELD_REQUIRED 1 ",
                "walker Other RULEBOOK_UNKNOWN 1 ",
                "walker Check UNKNOWN_BUDGET_EXHAUSTED 1 ",
            ],
            records.Select(record => $"{record.Consumer?.Name} {record.Call} {record.Refusal!.Value.Reason} {record.Refusal.Value.Count} {record.Number}"));
    }

    [Fact]
    public void Take_MoreThanTenASecond_AreCountedInOneRecord()
    {
        Refuse("walker", "A", 25);
        Assert.Equal(10, _trail.Refusals.Count);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("walker", "A", 15), _trail.Refusals[^1]);

        // One of fifteen numbers would be taken for the one that was asked about.
        Assert.Equal([.. Enumerable.Repeat<PermitNumber?>(_number, 10), null], _trail.Numbers);

        Refuse("walker", "A", 11);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(22, _trail.Refusals.Count);
        Assert.Equal(36, _trail.Refusals.Sum(refusal => refusal.Count));
    }

    [Fact]
    public void Take_OtherConsumersAndReasons_AreNotHeldBackByAFlood()
    {
        Refuse("walker", "A", 1_000);
        Refuse("walker", "B", 1);
        Refuse("other", "A", 1);
        Refuse(null, "A", 1);

        Assert.Equal([("walker", "B", 1), ("other", "A", 1), (null, "A", 1)], _trail.Refusals.Skip(10));
    }

    [Fact]
    public void Take_NoRoomForARecord_IsCountedUntilThereIs()
    {
        _trail.IsFull = true;
        Refuse("walker", "A", 3);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(_trail.Refusals);

        _trail.IsFull = false;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([("walker", "A", 3)], _trail.Refusals);
    }

    /// <summary>An operator has a line of the log, and wants the record that it is of.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Refusal_OfACallThatTheLogNames_HasTheLogsCheckId(int deadline)
    {
        var marks = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            ActivityStopped = call =>
            {
                if (call.GetTagItem(CallMarks.CheckId) is string mark)
                {
                    marks.Add(mark);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await TestServer.StartAsync(args: ["--Verification:Telemetry:LogFormat=json"]);
        await server.RecordAsync(Calls.Issued(Number, "2025-05-01"));

        // With a deadline the framework answers it, without one the short way.
        var check = Calls.Check(Number);
        check.KnownAtRevision = 1_000;
        await Assert.ThrowsAsync<RpcException>(async () => await server.Permits.VerifyPermitAsync(
            check, deadline: deadline == 0 ? null : TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(deadline)));

        var record = Assert.Single(await server.RecordsAsync(), record => record.Refusal is not null);
        Assert.Contains(record.CheckId.ToString(), marks);
    }

    [Fact]
    public async Task Dispose_WhatWasCounted_IsRecorded()
    {
        Refuse("walker", "A", 12);

        await _records.DisposeAsync();

        Assert.Equal(("walker", "A", 2), _trail.Refusals[^1]);
    }

    private void Refuse(string? consumer, string reason, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _records.Take(
                new Refusal(AuditCall.Check, consumer is null ? null : new AuditConsumer(consumer, Core.Rules.Codes.ConsumerClass.School), _number), reason);
        }
    }

    private static async Task RefusedAsync<T>(Func<Task<T>> call) => await Assert.ThrowsAsync<RpcException>(call);
}
