using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Checks;
using Verification.Server.Checks.Again;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Audit.V1;

namespace Verification.Server.AuditReading;

/// <summary>The calls of those who read the audit log.</summary>
[BindServiceMethod(typeof(BoundedAudit), nameof(BoundedAudit.Bind))]
internal sealed class AuditRpc(
    IAuditRecords records,
    RecordPages pages,
    RecordFinder finder,
    Replay replay,
    ReadingRecords reading,
    Askers askers,
    IHostApplicationLifetime lifetime)
    : Contract.AuditService.AuditServiceBase
{
    private const int RecordsPerMessage = 200;

    /// <inheritdoc/>
    [Authorize(Policies.Audit), Audited(AuditCall.AuditRead)]
    public override async Task<Contract.ListRecordsResponse> ListRecords(
        Contract.ListRecordsRequest request, ServerCallContext context)
    {
        var asker = Begin(context, ConsumerRoles.Audit);
        var fields = new FieldReader();
        var search = Search.Read(request.Query, fields);
        var size = RecordPages.ReadSize(request.PageSize, fields);
        var after = PageToken.Read(request.PageToken, search, fields);
        fields.ThrowIfWrong();

        var page = await pages.ReadAsync(search, after, size, _ => true, context.CancellationToken);
        await LeaveAsync(AuditCall.AuditRead, asker, search, context);
        var answer = new Contract.ListRecordsResponse { NextPageToken = page.NextToken };
        answer.Records.AddRange(page.Records.Select(AuditRecordWriter.Write));
        return answer;
    }

    /// <inheritdoc/>
    [Authorize(Policies.Audit), Audited(AuditCall.AuditRead)]
    public override async Task StreamRecords(
        Contract.StreamRecordsRequest request, IServerStreamWriter<Contract.StreamRecordsResponse> responseStream, ServerCallContext context)
    {
        var asker = Begin(context, ConsumerRoles.Audit);
        using var open = asker.Budget.OpenStream();
        var fields = new FieldReader();
        var search = Search.Read(request.Query, fields);
        var after = PageToken.Read(request.PageToken, search, fields);
        fields.ThrowIfWrong();

        await LeaveAsync(AuditCall.AuditRead, asker, search, context);
        using var stopping = StoppingWith(context);
        await foreach (var part in records.FindAsync(search.Query with { After = after }, stopping.Token).Chunk(RecordsPerMessage))
        {
            // With every message: who is no longer let in is told nothing more.
            askers.Of(context, ConsumerRoles.Audit);
            var message = new Contract.StreamRecordsResponse { NextPageToken = PageToken.Write(search, part[^1].Place) };
            message.Records.AddRange(part.Select(AuditRecordWriter.Write));
            await responseStream.WriteAsync(message, stopping.Token);
        }
    }

    /// <inheritdoc/>
    [Authorize(Policies.Register), Audited(AuditCall.Disclosures)]
    public override async Task<Contract.ListDisclosuresResponse> ListDisclosures(
        Contract.ListDisclosuresRequest request, ServerCallContext context)
    {
        var asker = Begin(context, ConsumerRoles.Register);
        var fields = new FieldReader();
        var search = Search.ReadDisclosures(request, fields);
        var size = RecordPages.ReadSize(request.PageSize, fields);
        var after = PageToken.Read(request.PageToken, search, fields);
        fields.ThrowIfWrong();

        var page = await pages.ReadAsync(search, after, size, Disclosures.IsOne, context.CancellationToken);
        await LeaveAsync(AuditCall.Disclosures, asker, search, context);
        var answer = new Contract.ListDisclosuresResponse { NextPageToken = page.NextToken };
        answer.Disclosures.AddRange(page.Records.Select(found => Disclosures.Write(found.Record)));
        return answer;
    }

    /// <inheritdoc/>
    [Authorize(Policies.Audit), Audited(AuditCall.Replay)]
    public override async Task Replay(
        Contract.ReplayRequest request, IServerStreamWriter<Contract.ReplayResponse> responseStream, ServerCallContext context)
    {
        var asker = Begin(context, ConsumerRoles.Audit);
        using var open = asker.Budget.OpenStream();
        var fields = new FieldReader();
        var selection = ReplaySelection.Read(request, fields);
        fields.ThrowIfWrong();

        await reading.LeaveAsync(AuditCall.Replay, asker, selection.Search?.Query.Permit, selection.Text, context.CancellationToken);
        using var stopping = StoppingWith(context);
        await replay.RunAsync(
            selection.FindAsync(records, finder, stopping.Token),
            selection.OneIn,
            async progress =>
            {
                askers.Of(context, ConsumerRoles.Audit);
                await responseStream.WriteAsync(progress, stopping.Token);
            },
            new CallTime(context.Deadline, stopping.Token));
    }

    private Asker Begin(ServerCallContext context, ConsumerRoles role)
    {
        var asker = askers.Of(context, role);
        Verifier.ThrowIf(asker.Budget.TakeCost(1));
        return asker;
    }

    private ValueTask LeaveAsync(AuditCall call, Asker asker, Search search, ServerCallContext context) =>
        reading.LeaveAsync(call, asker, search.Query.Permit, search.Text, context.CancellationToken);

    private CancellationTokenSource StoppingWith(ServerCallContext context) =>
        CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
}
