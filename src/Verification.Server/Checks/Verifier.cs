using Grpc.Core;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Access;
using Verification.Server.Auditing;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks;

/// <summary>The way of a check: take its cost, read it, look up its timeline, decide, record, answer.</summary>
internal sealed class Verifier(
    BoundedLookup lookup, Inquiries inquiries, CheckReader reader, IAuditTrail trail, Refusals refusals, ILogger<Verifier> logger)
{
    /// <summary>Answers one check.</summary>
    public async Task<Contract.VerifyPermitResponse> VerifyAsync(
        Contract.VerifyPermitRequest request, Asker asker, CallTime time)
    {
        ThrowIf(asker.Budget.TakeChecks(1));
        var inquiry = inquiries.Begin(asker, AuditCall.Check, request.RulebookVersion);
        var fields = new FieldReader();
        var check = reader.Read(request, inquiry, fields);
        var wish = KnowledgeWish.Read(request.Freshness, KnownAt(request), fields);
        fields.ThrowIfWrong();
        ThrowIf(ScopeError(check, inquiry.Scope) ?? ClockError(request, inquiry));

        var known = await lookup.FindAsync(check.Number, inquiry.Rulebook, wish, time);
        var id = new CheckId(inquiry.Id);
        ThrowIf(BoundedVerdicts.TryDecide(check, known.Timeline, inquiry, out var verdict)
            ?? asker.Budget.TakeUnknown(UnknownIn(verdict))
            ?? trail.TryAppend(id, check, verdict, known, wish, inquiry));
        await trail.KeepAsync(time.Cancelled);
        return WriteAnswer(id, check, verdict, known, asker);
    }

    /// <summary>Takes the cost of a batch, and answers it.</summary>
    public Task<Contract.BatchVerifyPermitsResponse> VerifyAsync(
        Contract.BatchVerifyPermitsRequest request, Asker asker, CallTime time)
    {
        ThrowIf(TakeCost(request, asker));
        return AnswerAsync(request, AuditCall.BatchItem, asker, time);
    }

    /// <summary>Takes the cost of a batch. One that is too large costs what the largest does, though it is refused; an empty one a check.</summary>
    /// <returns>Why not; null when it was taken. No exception, so that a stream of refusals costs little.</returns>
    public static RpcStatus? TakeCost(Contract.BatchVerifyPermitsRequest request, Asker asker) =>
        asker.Budget.TakeBatch(Math.Clamp(request.Checks.Count, 1, MessageBounds.MaxChecks));

    /// <summary>Answers a batch whose cost was taken, all as of one revision.</summary>
    /// <param name="request">The batch.</param>
    /// <param name="call">What its items are.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="time">How long it may take.</param>
    public async Task<Contract.BatchVerifyPermitsResponse> AnswerAsync(
        Contract.BatchVerifyPermitsRequest request, AuditCall call, Asker asker, CallTime time)
    {
        ThrowIf(trail.TryBatch());
        var inquiry = inquiries.Begin(asker, call, request.RulebookVersion);
        var wish = ReadBatch(request);
        var checks = request.Checks.Select(check => ReadItem(check, inquiry)).ToArray();

        var numbers = checks.Where(item => item.Error is null).Select(item => item.Check.Number).ToArray();
        var batch = await lookup.FindManyAsync(numbers, inquiry.Rulebook, wish, time);
        if (batch.Failure is { } failure and not RegistryDamagedException)
        {
            Log.BatchIncomplete(logger, batch.Answers.Count(answer => answer is null), failure.Message);
        }

        var next = 0;
        RpcStatus? spent = null;
        var response = new Contract.BatchVerifyPermitsResponse();
        foreach (var (index, (check, error)) in checks.Index())
        {
            var id = new CheckId(inquiry.Id, index);
            Contract.VerifyPermitResponse? answer = null;
            var refusal = error ?? TryAnswer(id, check, batch.Answers[next++], wish, inquiry, ref spent, out answer);
            if (refusal is not null)
            {
                refusals.Note(new Refusal(call, asker.Recorded, check.Number == default ? null : check.Number, id), refusal);
            }

            response.Items.Add(refusal is null ? new Contract.BatchItem { Response = answer } : new Contract.BatchItem { Error = refusal });
        }

        await trail.KeepAsync(time.Cancelled);
        return response;
    }

    /// <summary>Fails a call for a reason that there may be.</summary>
    internal static void ThrowIf(RpcStatus? error)
    {
        if (error is not null)
        {
            throw error.ToRpcException();
        }
    }

    private static long? KnownAt(Contract.VerifyPermitRequest request) =>
        request.HasKnownAtRevision ? request.KnownAtRevision : null;

    private static RpcStatus? ScopeError(in Check check, ConsumerScope scope)
    {
        foreach (var entitlement in check.Entitlements)
        {
            if (!scope.Contains(entitlement))
            {
                return RpcErrors.OutOfScope(CodeNames.NameOf(entitlement));
            }
        }

        return null;
    }

    private static KnowledgeWish ReadBatch(Contract.BatchVerifyPermitsRequest request)
    {
        var fields = new FieldReader();
        if (request.Checks.Count is 0 or > MessageBounds.MaxChecks)
        {
            fields.Refuse("checks", FieldFault.BatchSize(request.Checks.Count, MessageBounds.MaxChecks));
        }

        var wish = KnowledgeWish.Read(
            request.Freshness, request.HasKnownAtRevision ? request.KnownAtRevision : null, fields);
        fields.ThrowIfWrong();
        return wish;
    }

    /// <summary>Why a check that names no date cannot be answered.</summary>
    private static RpcStatus? ClockError(Contract.VerifyPermitRequest request, in Inquiry inquiry) =>
        request.AsOf is null && !inquiry.Today.IsCertain ? RpcErrors.ClockSkewed() : null;

    private static int UnknownIn(in Verdict verdict) => verdict.Standing.Status == PermitStatus.NotFound ? 1 : 0;

    private static Contract.VerifyPermitResponse WriteAnswer(
        CheckId id, in Check check, in Verdict verdict, in PermitAnswer known, Asker asker) => new()
        {
            Verdict = AnswerWriter.Write(verdict, check.Entitlements),
            Provenance = AnswerWriter.WriteProvenance(known, id, asker),
        };

    private (Check Check, RpcStatus? Error) ReadItem(Contract.VerifyPermitRequest request, in Inquiry inquiry)
    {
        var fields = new FieldReader();
        var check = reader.Read(request, inquiry, fields);
        if (request.Freshness is not null)
        {
            fields.Refuse("freshness", FieldFault.InCheckOfBatch());
        }

        if (request.HasKnownAtRevision)
        {
            fields.Refuse("known_at_revision", FieldFault.InCheckOfBatch());
        }

        if (request.RulebookVersion.Length > 0)
        {
            fields.Refuse("rulebook_version", FieldFault.InCheckOfBatch());
        }

        return (check, fields.Error ?? ScopeError(check, inquiry.Scope) ?? ClockError(request, inquiry));
    }

    /// <summary>Decides, records and writes the answer to one check of a batch, where the asker's budgets allow it.</summary>
    /// <param name="id">The check's identifier.</param>
    /// <param name="check">The check.</param>
    /// <param name="found">What the lookup knows; null where it could not tell.</param>
    /// <param name="wish">What the batch wants known.</param>
    /// <param name="inquiry">What the batch is answered for.</param>
    /// <param name="spent">
    /// Why nothing more of the batch is answered: from the check that finds the budget of unknown numbers spent, or the audit log closed to
    /// it, all are refused, those of known numbers too, and also when there is room again since: there is one place to go on from.
    /// </param>
    /// <param name="answer">The answer; null when there is none.</param>
    /// <returns>Why not; null when there is an answer.</returns>
    private RpcStatus? TryAnswer(
        CheckId id,
        in Check check,
        in PermitAnswer? found,
        in KnowledgeWish wish,
        in Inquiry inquiry,
        ref RpcStatus? spent,
        out Contract.VerifyPermitResponse? answer)
    {
        answer = null;
        if (spent is not null)
        {
            return spent;
        }

        if (found is not { } known)
        {
            return RpcErrors.RegistryUnavailable().GetRpcStatus();
        }

        if (BoundedVerdicts.TryDecide(check, known.Timeline, inquiry, out var verdict) is { } tooManyGuesses)
        {
            return tooManyGuesses;
        }

        spent = inquiry.Asker.Budget.TakeUnknownOfBatch(UnknownIn(verdict)) ?? trail.TryAppend(id, check, verdict, known, wish, inquiry);
        answer = spent is null ? WriteAnswer(id, check, verdict, known, inquiry.Asker) : null;
        return spent;
    }
}
