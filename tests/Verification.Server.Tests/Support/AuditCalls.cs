using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Permits.Audit.V1;
using Permits.Verification.V1;
using Verification.Audit.Storing;
using AuditRecord = Permits.Audit.V1.AuditRecord;
using CheckId = Verification.Audit.Records.CheckId;

namespace Verification.Server.Tests.Support;

/// <summary>Calls that read the audit log, in short.</summary>
internal static class AuditCalls
{
    /// <summary>A name that no check has, made at an instant.</summary>
    public static string IdMadeAt(DateTimeOffset instant) => Guid.CreateVersion7(instant).ToString("N");

    /// <summary>All that is recorded while a test runs.</summary>
    public static RecordQuery Always(Action<RecordQuery>? change = null)
    {
        var query = new RecordQuery
        {
            From = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
            To = Timestamp.FromDateTimeOffset(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        };
        change?.Invoke(query);
        return query;
    }

    /// <summary>Waits until what was answered is in the audit database.</summary>
    public static Task CopiedAsync(this TestServer server, string checkId)
    {
        Assert.True(CheckId.TryParse(checkId, out var id));
        return Eventually.TrueAsync(
            async () =>
            {
                server.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return await IsThereAsync(server.Service<IAuditRecords>(), id);
            },
            "The record did not come into the audit database.");
    }

    /// <summary>Waits until the audit database can be read: the node makes it after its start, beside serving.</summary>
    public static Task UntilAuditCanBeReadAsync(this TestServer server)
    {
        Assert.True(CheckId.TryParse(IdMadeAt(DateTimeOffset.UnixEpoch), out var nobodys));
        return Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    server.Clock.Advance(TimeSpan.FromMilliseconds(100));
                    return !await server.Service<IAuditRecords>().FindAsync(new AuditQuery { CheckId = nobodys }, TestContext.Current.CancellationToken).AnyAsync();
                }
                catch (AuditDatabaseException)
                {
                    return false;
                }
            },
            "The audit database cannot be read.");
    }

    /// <summary>Checks a permit, and waits until that is in the audit database.</summary>
    public static async Task<VerifyPermitResponse> RecordedAsync(this TestServer server, ChannelBase caller, VerifyPermitRequest check)
    {
        var answer = await new VerificationService.VerificationServiceClient(caller).VerifyPermitAsync(check);
        await server.CopiedAsync(answer.Provenance.CheckId);
        return answer;
    }

    public static async Task<IReadOnlyList<AuditRecord>> FindAsync(this TestServer server, RecordQuery query)
    {
        var found = new List<AuditRecord>();
        using var call = server.Auditor.StreamRecords(new StreamRecordsRequest { Query = query });
        await foreach (var part in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            found.AddRange(part.Records);
        }

        return found;
    }

    /// <summary>The whole of a replay.</summary>
    public static async Task<ReplayResponse> ReplayAsync(this TestServer server, ReplayRequest request)
    {
        using var call = server.Auditor.Replay(request);
        ReplayResponse? last = null;
        await foreach (var progress in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.NotEqual(true, last?.Complete);
            last = progress;
        }

        Assert.True(last!.Complete);
        return last;
    }

    /// <summary>A database that is not ready yet has nothing yet.</summary>
    private static async Task<bool> IsThereAsync(IAuditRecords records, CheckId id)
    {
        try
        {
            return await records.FindAsync(new AuditQuery { CheckId = id }, TestContext.Current.CancellationToken).AnyAsync();
        }
        catch (AuditDatabaseException)
        {
            return false;
        }
    }
}
