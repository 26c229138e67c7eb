using Grpc.Core;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Verdicts;
using Verification.Core.Words;
using Verification.Server.Access;
using Verification.Server.Auditing;
using Verification.Server.Checks.Batches;
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
    private readonly BatchVerifier _batches = new(lookup, inquiries, reader, trail, refusals, logger);

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
        ThrowIf(WhyNotAsked(check, request.AsOf is not null, inquiry));

        var known = await lookup.FindAsync(check.Number, inquiry.Rulebook, wish, time);
        var id = new CheckId(inquiry.Id);
        ThrowIf(TryConclude(id, check, known, wish, inquiry, out var verdict));
        await trail.KeepAsync(time.Cancelled);
        return WriteAnswer(id, check, verdict, known, asker);
    }

    /// <summary>Why a well-formed check must not be looked up: it asks for what the asker may not see, or for a day that nobody can tell.</summary>
    /// <param name="check">The check.</param>
    /// <param name="namesDate">Whether it says which date it is for.</param>
    /// <param name="inquiry">What it is answered for.</param>
    /// <returns>Null where it may.</returns>
    internal static RpcStatus? WhyNotAsked(in Check check, bool namesDate, in Inquiry inquiry) =>
        ScopeError(check, inquiry.Scope) ?? (namesDate || inquiry.Today.IsCertain ? null : RpcErrors.ClockSkewed());

    /// <summary>Decides and records a single check, where the asker's budgets allow it.</summary>
    /// <returns>Why not: then there must be no answer. Null when there is a verdict.</returns>
    internal RpcStatus? TryConclude(
        CheckId id, in Check check, in PermitAnswer known, in KnowledgeWish wish, in Inquiry inquiry, out Verdict verdict) =>
        BoundedVerdicts.TryDecide(check, known.Timeline, inquiry, out verdict)
            ?? inquiry.Asker.Budget.TakeUnknown(UnknownIn(verdict))
            ?? trail.TryAppend(id, check, verdict, known, wish, inquiry);

    /// <summary>Takes the cost of a batch, and answers it.</summary>
    /// <param name="request">The batch.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="time">How long it may take.</param>
    /// <param name="language">The language in which its caller reads errors; null where none is named.</param>
    public async Task<Contract.BatchVerifyPermitsResponse> VerifyAsync(
        Contract.BatchVerifyPermitsRequest request, Asker asker, CallTime time, Language? language = null)
    {
        using var batch = BatchMessage.Of(request);
        batch.Language = language;
        using var answer = await VerifyAsync(batch, asker, time);
        return Contract.BatchVerifyPermitsResponse.Parser.ParseFrom(answer.Written);
    }

    /// <summary>Takes the cost of a batch, and answers it with the bytes of its answer.</summary>
    public async Task<BatchAnswer> VerifyAsync(BatchMessage batch, Asker asker, CallTime time)
    {
        ThrowIf(TakeCost(batch, asker));
        var (answer, error) = await AnswerAsync(batch, AuditCall.BatchItem, asker, time);
        ThrowIf(error);
        return answer!;
    }

    /// <summary>Takes the cost of a batch. One that is too large costs what the largest does, though it is refused; an empty one a check.</summary>
    /// <returns>Why not; null when it was taken.</returns>
    public static RpcStatus? TakeCost(BatchMessage batch, Asker asker) =>
        asker.Budget.TakeBatch(Math.Clamp(batch.Count, 1, MessageBounds.MaxChecks));

    /// <inheritdoc cref="BatchVerifier.AnswerAsync"/>
    public ValueTask<(BatchAnswer? Answer, RpcStatus? Error)> AnswerAsync(BatchMessage batch, AuditCall call, Asker asker, CallTime time) =>
        _batches.AnswerAsync(batch, call, asker, time);

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

    private static int UnknownIn(in Verdict verdict) => verdict.Standing.Status == PermitStatus.NotFound ? 1 : 0;

    private static Contract.VerifyPermitResponse WriteAnswer(
        CheckId id, in Check check, in Verdict verdict, in PermitAnswer known, Asker asker) => new()
        {
            Verdict = AnswerWriter.Write(verdict, check.Entitlements),
            Provenance = AnswerWriter.WriteProvenance(known, id, asker),
        };
}
