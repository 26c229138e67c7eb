using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Verification.Audit.Records;
using Verification.Caching.Coherence;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Dates;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Auditing;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Verification.Server.Registration.Import;
using Verification.Server.Telemetry;
using Contract = Permits.Registry.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Registration;

/// <summary>The calls of the issuing authority, which records what happened to permits, and of who runs the service.</summary>
[BindServiceMethod(typeof(BoundedRegistry), nameof(BoundedRegistry.Bind))]
internal sealed class RegistryRpc(
    IPermitRegistry registry,
    OwnWrites ownWrites,
    IdentityDigester digester,
    RegistryImport import,
    PermitProcedureAnswers procedures,
    IAuditTrail trail,
    Askers askers,
    LookupReadiness readiness,
    TimeProvider timeProvider,
    ILogger<RegistryRpc> logger)
    : Contract.RegistryService.RegistryServiceBase
{
    private const int MaxRequestId = 64;
    private const int MaxImportId = 128;

    // An import commits some 50,000 events a second at best: a billion is five hours of nothing else. Revisions are 64 bits; the most
    // can be left out nine million times.
    private const long DefaultJump = 1_000_000_000;
    private const long MaxJump = 1_000_000_000_000;

    private readonly EventReader _events = new(digester);

    /// <inheritdoc/>
    [Authorize(Policies.Register), Audited(AuditCall.Recording)]
    public override async Task<Contract.RecordEventResponse> RecordEvent(
        Contract.RecordEventRequest request, ServerCallContext context)
    {
        // It asks about no number: who looked up too many unknown ones may still record what happened.
        var asker = askers.Of(context, ConsumerRoles.Register);
        ThrowIf(asker.Budget.TakeCost(1) ?? ClockError());
        var fields = new FieldReader();
        var requestId = fields.Id("request_id", request.RequestId, MaxRequestId);
        var (permit, happening) = _events.Read(request.Event, Calendar.DateInBeijing(timeProvider.GetUtcNow()), fields);
        fields.ThrowIfWrong();

        var append = new EventAppend(requestId, permit, happening!, asker.Name);
        var result = await registry.AppendAsync(append, context.CancellationToken);
        if (result.Rejection is { } rejection)
        {
            throw RpcErrors.Refused(rejection);
        }

        if (result.RequestIdReused)
        {
            throw RpcErrors.RequestIdReused(result.Revision);
        }

        await ownWrites.SettleAsync(result.Revision, CallTime.Of(context));
        return new Contract.RecordEventResponse { Revision = result.Revision, AlreadyRecorded = result.AlreadyRecorded };
    }

    /// <inheritdoc/>
    [Authorize(Policies.Register), Audited(AuditCall.Import)]
    public override async Task ImportEvents(
        IAsyncStreamReader<Contract.ImportEventsRequest> requestStream,
        IServerStreamWriter<Contract.ImportEventsResponse> responseStream,
        ServerCallContext context)
    {
        var asker = askers.Of(context, ConsumerRoles.Register);
        using var open = asker.Budget.OpenStream();
        using var reading = import.StoppingWith(context.CancellationToken);
        var first = await requestStream.MoveNext(reading.Token) ? requestStream.Current : new Contract.ImportEventsRequest();
        var (importId, isCheck) = ReadFirst(first);
        ThrowIf(ClockError());
        var pieces = Pieces(requestStream, importId, isCheck, context, reading.Token);
        Task Write(Contract.ImportEventsResponse response) => responseStream.WriteAsync(response, context.CancellationToken);
        await (isCheck
            ? import.CheckAsync(pieces, Write, context.CancellationToken)
            : import.RunAsync(importId, pieces, asker.Name, Write, context.CancellationToken));
    }

    /// <inheritdoc/>
    [Authorize(Policies.Register), CostsChecks(JustOne = true), Audited(AuditCall.PermitRead)]
    public override async Task<Contract.GetPermitResponse> GetPermit(Contract.GetPermitRequest request, ServerCallContext context)
    {
        var asker = askers.Of(context, ConsumerRoles.Register);
        ThrowIf(asker.Budget.TakeChecks(1));
        var fields = new FieldReader();
        var number = fields.PermitNumber("permit_number", request.PermitNumber);
        if (request.HasRevision && request.Revision < 0)
        {
            fields.Refuse("revision", FieldFault.NoRevision());
        }

        fields.ThrowIfWrong();
        var load = await registry.LoadAsync(number, context.CancellationToken);
        var revision = request.HasRevision ? request.Revision : load.Head.Revision;
        if (revision > load.Head.Revision
            || (request.HasRevision && !(await registry.ReadChangesAsync(revision, 1, context.CancellationToken)).StoodAt(revision)))
        {
            throw RpcErrors.RevisionUnknown(revision, load.Head.Revision);
        }

        ThrowIf(asker.Budget.TakeUnknown(load.History is null ? 1 : 0) ?? TryRecordRead(number, request, revision, load.Head, asker));
        await trail.KeepAsync(context.CancellationToken);
        var answer = new Contract.GetPermitResponse { PermitNumber = number.ToString(), Revision = revision };
        if (load.History?.AsKnownAt(revision) is { } history)
        {
            answer.Events.AddRange(EventWriter.Write(history));
        }

        return answer;
    }

    /// <inheritdoc/>
    [Authorize(Policies.Register), CostsChecks(JustOne = true), Audited(AuditCall.Procedures)]
    public override Task<Contract.GetProceduresResponse> GetProcedures(Contract.GetProceduresRequest request, ServerCallContext context) =>
        procedures.AnswerAsync(request, askers.Of(context, ConsumerRoles.Register), CallTime.Of(context));

    /// <inheritdoc/>
    [Authorize(Policies.Operate)]
    public override async Task<Contract.MarkRestoredResponse> MarkRestored(
        Contract.MarkRestoredRequest request, ServerCallContext context)
    {
        ThrowIf(askers.Of(context, ConsumerRoles.Operate).Budget.TakeCost(1));
        var jump = request.HasJump ? request.Jump : DefaultJump;
        var fields = new FieldReader();
        if (jump is < 1 or > MaxJump)
        {
            fields.Refuse("jump", FieldFault.JumpOutOfRange(jump, MaxJump));
        }

        fields.ThrowIfWrong();
        var head = await registry.MarkRestoredAsync(jump, context.CancellationToken);
        Log.MarkedRestored(logger, head.RegistryId, head.Revision - jump, head.Revision);
        await ownWrites.SettleAsync(head.Revision, CallTime.Of(context));
        return new Contract.MarkRestoredResponse
        {
            RegistryId = head.RegistryId.ToString(),
            RevisionBefore = head.Revision - jump,
            Revision = head.Revision,
        };
    }

    /// <inheritdoc/>
    [Authorize(Policies.Operate)]
    public override async Task<Contract.ConfirmClockResponse> ConfirmClock(
        Contract.ConfirmClockRequest request, ServerCallContext context)
    {
        ThrowIf(askers.Of(context, ConsumerRoles.Operate).Budget.TakeCost(1));
        if (!AsOfRange.CanBeToday(Calendar.DateInBeijing(timeProvider.GetUtcNow())))
        {
            throw RpcErrors.ClockSkewed().ToRpcException();
        }

        var confirmation = await registry.ConfirmClockAsync(context.CancellationToken);
        Log.ClockConfirmed(logger, confirmation.At, confirmation.Revision);
        await ownWrites.SettleAnewAsync(confirmation.Revision, CallTime.Of(context));
        return new Contract.ConfirmClockResponse
        {
            ConfirmedAt = Timestamp.FromDateTimeOffset(confirmation.At),
            Revision = confirmation.Revision,
        };
    }

    /// <summary>Why nothing is recorded: it would bear the time of a clock that cannot be right, for ever.</summary>
    private RpcStatus? ClockError() => readiness.IsClockImpossible ? RpcErrors.ClockSkewed() : null;

    /// <summary>Records that a permit's events were read. They are under no rulebook.</summary>
    private RpcStatus? TryRecordRead(PermitNumber number, Contract.GetPermitRequest request, long revision, RegistryHead head, Asker asker)
    {
        var now = timeProvider.GetUtcNow();
        return trail.TryAppend(new AuditDraft
        {
            CheckId = new CheckId(MessageIds.New(now)),
            Instant = now,
            Call = AuditCall.PermitRead,
            Consumer = asker.Recorded,
            Number = number,
            KnownAt = request.HasRevision ? request.Revision : null,
            Provenance = new AuditProvenance(revision, head.AsOf, RulebookVersion: string.Empty),
        });
    }

    /// <summary>Reads what the first message of an import says of all of it.</summary>
    private static (string ImportId, bool IsCheck) ReadFirst(Contract.ImportEventsRequest first)
    {
        var fields = new FieldReader();
        if (!first.CheckOnly)
        {
            fields.Id("import_id", first.ImportId, MaxImportId);
        }
        else if (first.ImportId.Length > 0)
        {
            // A service that does not know check_only refuses a call without an id, and imports nothing.
            fields.Refuse("import_id", FieldFault.IdOfCheck());
        }

        fields.ThrowIfWrong();
        return (first.ImportId, first.CheckOnly);
    }

    private static void ThrowIf(RpcStatus? error)
    {
        if (error is not null)
        {
            throw error.ToRpcException();
        }
    }

    /// <summary>The pieces of the file, from the message that was read already.</summary>
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(
        IAsyncStreamReader<Contract.ImportEventsRequest> requests,
        string importId,
        bool isCheck,
        ServerCallContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            // With every message: who is no longer let in loads nothing more.
            askers.Of(context, ConsumerRoles.Register);
            var message = requests.Current;
            var fields = new FieldReader();
            if (message.ImportId.Length > 0 && message.ImportId != importId)
            {
                fields.Refuse("import_id", FieldFault.IdChanged());
            }

            if (message.CheckOnly && !isCheck)
            {
                fields.Refuse("check_only", FieldFault.CheckTooLate());
            }

            fields.ThrowIfWrong();

            yield return message.Ndjson.Memory;
        }
        while (await requests.MoveNext(cancellationToken));
    }
}
