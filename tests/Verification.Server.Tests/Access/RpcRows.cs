using Google.Protobuf;
using Grpc.Core;
using Permits.Audit.V1;
using Permits.Registry.V1;
using Permits.Verification.V1;
using Verification.Server.Access.Consumers;
using Verification.Server.Tests.Support;

namespace Verification.Server.Tests.Access;

/// <summary>Every call of the service, with a request that is answered when its caller is let in. A call without a row fails a test.</summary>
internal static class RpcRows
{
    /// <summary>A permit that the registry must know.</summary>
    public const string Number = "BJ2024000017";

    public static readonly RpcRow[] All =
    [
        new("VerifyPermit", ConsumerRoles.Verify, VerifyAsync, NamesEntitlement: true),
        new("BatchVerifyPermits", ConsumerRoles.Verify, BatchAsync, NamesEntitlement: true),
        new("StreamVerifyPermits", ConsumerRoles.Verify, StreamAsync, NamesEntitlement: true),
        RpcRow.Of("GetTimeline", ConsumerRoles.Verify, async caller => await caller.Permits.GetTimelineAsync(new() { PermitNumber = Number })),
        new("VerifyPermit/rulebook_version", ConsumerRoles.Verify | ConsumerRoles.Audit, VerifyUnderRulebookAsync, NamesEntitlement: true),
        new("BatchVerifyPermits/rulebook_version", ConsumerRoles.Verify | ConsumerRoles.Audit, BatchUnderRulebookAsync, NamesEntitlement: true),
        new("StreamVerifyPermits/rulebook_version", ConsumerRoles.Verify | ConsumerRoles.Audit, StreamUnderRulebookAsync, NamesEntitlement: true),
        RpcRow.Of("GetTimeline/rulebook_version", ConsumerRoles.Verify | ConsumerRoles.Audit, async caller =>
            await caller.Permits.GetTimelineAsync(new() { PermitNumber = Number, RulebookVersion = Rulebook })),
        RpcRow.Of("GetCheck", ConsumerRoles.Verify, GetCheckAsync),
        RpcRow.Of("ListRecords", ConsumerRoles.Audit, async caller => await caller.Audit.ListRecordsAsync(new() { Query = OfPermit })),
        RpcRow.Of("StreamRecords", ConsumerRoles.Audit, async caller => await ReadAsync(caller.Audit.StreamRecords(new() { Query = OfPermit }))),
        RpcRow.Of("Replay", ConsumerRoles.Audit, async caller => await ReadAsync(caller.Audit.Replay(new() { Query = OfPermit, SampleOneIn = 1_000 }))),
        RpcRow.Of("ListDisclosures", ConsumerRoles.Register, async caller => await caller.Audit.ListDisclosuresAsync(new() { PermitNumber = Number })),
        RpcRow.Of("GetCaller", ConsumerRoles.None, async caller => await caller.Permits.GetCallerAsync(new())),
        RpcRow.Of("GetRulebook", ConsumerRoles.None, async caller => await caller.Permits.GetRulebookAsync(new())),
        RpcRow.Of("RecordEvent", ConsumerRoles.Register, async caller => await caller.Registry.RecordEventAsync(
            new() { RequestId = "one-and-the-same", Event = Calls.Issued("BJ2024000018", "2025-05-01") })),
        RpcRow.Of("ImportEvents", ConsumerRoles.Register, ImportAsync),
        RpcRow.Of("GetProcedures", ConsumerRoles.Register, async caller => await caller.Registry.GetProceduresAsync(new() { PermitNumber = Number })),
        RpcRow.Of("GetPermit", ConsumerRoles.Register, async caller => await caller.Registry.GetPermitAsync(new() { PermitNumber = Number })),
        RpcRow.Of("MarkRestored", ConsumerRoles.Operate, async caller => await caller.Registry.MarkRestoredAsync(new())),
        RpcRow.Of("GetNodeStatus", ConsumerRoles.Operate, async caller => await caller.Operations.GetNodeStatusAsync(new())),
        RpcRow.Of("ConfirmClock", ConsumerRoles.Operate, async caller => await caller.Registry.ConfirmClockAsync(new())),
    ];

    private const string Rulebook = "2026.1";

    private static RecordQuery OfPermit => new() { PermitNumber = Number };

    private static VerifyPermitRequest Check(Entitlement entitlement) => new() { PermitNumber = Number, Entitlements = { entitlement } };

    private static async Task<string> VerifyAsync(Caller caller, Entitlement entitlement) =>
        Seen(await caller.Permits.VerifyPermitAsync(Check(entitlement)));

    private static async Task<string> BatchAsync(Caller caller, Entitlement entitlement) =>
        Seen((await caller.Permits.BatchVerifyPermitsAsync(new() { Checks = { Check(entitlement) } })).Items[0]);

    private static Task<string> StreamAsync(Caller caller, Entitlement entitlement) =>
        StreamAsync(caller, new BatchVerifyPermitsRequest { Checks = { Check(entitlement) } });

    private static async Task<string> VerifyUnderRulebookAsync(Caller caller, Entitlement entitlement) =>
        Seen(await caller.Permits.VerifyPermitAsync(
            new() { PermitNumber = Number, Entitlements = { entitlement }, RulebookVersion = Rulebook }));

    private static async Task<string> BatchUnderRulebookAsync(Caller caller, Entitlement entitlement) =>
        Seen((await caller.Permits.BatchVerifyPermitsAsync(
            new() { Checks = { Check(entitlement) }, RulebookVersion = Rulebook })).Items[0]);

    private static Task<string> StreamUnderRulebookAsync(Caller caller, Entitlement entitlement) =>
        StreamAsync(caller, new BatchVerifyPermitsRequest { Checks = { Check(entitlement) }, RulebookVersion = Rulebook });

    private static async Task<string> StreamAsync(Caller caller, BatchVerifyPermitsRequest batch)
    {
        using var call = caller.Permits.StreamVerifyPermits();
        await SendAsync(call.RequestStream, new StreamVerifyPermitsRequest { Batch = batch });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var answer = call.ResponseStream.Current;
        return answer.Error is { } error ? throw error.ToRpcException() : Seen(answer.Response.Items[0]);
    }

    /// <summary>Of no check: that there is none is an answer.</summary>
    private static async Task GetCheckAsync(Caller caller)
    {
        try
        {
            await caller.Permits.GetCheckAsync(new() { CheckId = AuditCalls.IdMadeAt(DateTimeOffset.UnixEpoch) });
        }
        catch (RpcException none) when (none.StatusCode == StatusCode.NotFound)
        {
            Assert.NotEmpty(none.Status.Detail);
        }
    }

    private static async Task ReadAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
        {
            await foreach (var message in call.ResponseStream.ReadAllAsync())
            {
                Assert.NotNull(message);
            }
        }
    }

    private static async Task ImportAsync(Caller caller)
    {
        using var call = caller.Registry.ImportEvents();
        await SendAsync(call.RequestStream, new ImportEventsRequest { ImportId = "f", Ndjson = ByteString.CopyFromUtf8("{}") });
        await foreach (var progress in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(1, progress.LinesRead);
        }
    }

    private static string Seen(VerifyPermitResponse response) => $"OK {Assert.Single(response.Verdict.Entitlements).Entitlement}";

    private static string Seen(BatchItem item) => item.Error is { } error ? throw error.ToRpcException() : Seen(item.Response);

    /// <summary>The server may have ended the call already; the response stream tells why.</summary>
    private static async Task SendAsync<T>(IClientStreamWriter<T> requests, T message)
    {
        try
        {
            await requests.WriteAsync(message);
            await requests.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            Assert.NotEmpty(ended.Message);
        }
    }
}
