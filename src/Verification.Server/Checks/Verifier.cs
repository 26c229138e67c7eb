using Grpc.Core;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Registry;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Access;
using Verification.Server.Access.Consumers;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks;

/// <summary>
/// The way of a check: take its cost, read it, look up its timeline, decide, answer. The instant, and with it today and the rulebook,
/// is taken once for each message.
/// </summary>
internal sealed class Verifier(
    BoundedLookup lookup,
    RulebookLibrary rulebooks,
    IdentityDigester digester,
    Refusals refusals,
    Days days,
    TimeProvider timeProvider,
    ILogger<Verifier> logger)
{
    private readonly VerdictRules _rules = new(digester);

    /// <summary>Today in Beijing.</summary>
    public Day Today => days.At(timeProvider.GetUtcNow());

    /// <summary>Answers one check.</summary>
    public async Task<Contract.VerifyPermitResponse> VerifyAsync(
        Contract.VerifyPermitRequest request, Asker asker, CallTime time)
    {
        ThrowIf(asker.Budget.TakeChecks(1));
        var inquiry = Begin(asker, request.RulebookVersion);
        var fields = new FieldReader();
        var check = CheckReader.Read(request, inquiry, fields);
        var wish = KnowledgeWish.Read(request.Freshness, KnownAt(request), fields);
        fields.ThrowIfWrong();
        ThrowIf(ScopeError(check, inquiry.Scope) ?? ClockError(request, inquiry));

        var known = await lookup.FindAsync(check.Number, inquiry.Rulebook, wish, time);
        ThrowIf(TryDecide(check, known.Timeline, inquiry, out var verdict) ?? asker.Budget.TakeUnknown(UnknownIn(verdict)));
        return WriteAnswer(check, verdict, known, inquiry);
    }

    /// <summary>Takes the cost of a batch, and answers it.</summary>
    public Task<Contract.BatchVerifyPermitsResponse> VerifyAsync(
        Contract.BatchVerifyPermitsRequest request, Asker asker, CallTime time)
    {
        ThrowIf(TakeCost(request, asker));
        return AnswerAsync(request, asker, time);
    }

    /// <summary>Takes the cost of a batch. One that is too large costs what the largest does, though it is refused; an empty one a check.</summary>
    /// <returns>Why not; null when it was taken. No exception, so that a stream of refusals costs little.</returns>
    public static RpcStatus? TakeCost(Contract.BatchVerifyPermitsRequest request, Asker asker) =>
        asker.Budget.TakeBatch(Math.Clamp(request.Checks.Count, 1, MessageBounds.MaxChecks));

    /// <summary>Answers a batch whose cost was taken, all as of one revision.</summary>
    public async Task<Contract.BatchVerifyPermitsResponse> AnswerAsync(
        Contract.BatchVerifyPermitsRequest request, Asker asker, CallTime time)
    {
        var inquiry = Begin(asker, request.RulebookVersion);
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
        foreach (var (check, error) in checks)
        {
            Contract.VerifyPermitResponse? answer = null;
            var refusal = error ?? TryAnswer(check, batch.Answers[next++], inquiry, ref spent, out answer);
            if (refusal is not null)
            {
                refusals.Count(asker.Name, refusal);
            }

            response.Items.Add(refusal is null ? new Contract.BatchItem { Response = answer } : new Contract.BatchItem { Error = refusal });
        }

        return response;
    }

    /// <summary>Answers a permit's timeline.</summary>
    public async Task<Contract.GetTimelineResponse> GetTimelineAsync(
        Contract.GetTimelineRequest request, Asker asker, CallTime time)
    {
        ThrowIf(asker.Budget.TakeChecks(1));
        var inquiry = Begin(asker, request.RulebookVersion);
        var fields = new FieldReader();
        var number = fields.PermitNumber("permit_number", request.PermitNumber);
        var subject = CheckReader.ReadSubject(request.Subject, asker, fields);
        var knownAt = request.HasKnownAtRevision ? request.KnownAtRevision : (long?)null;
        var wish = KnowledgeWish.Read(request.Freshness, knownAt, fields);
        fields.ThrowIfWrong();
        ThrowIf(asker.MustIdentify && !inquiry.Today.IsCertain ? RpcErrors.ClockSkewed() : null);

        var known = await lookup.FindAsync(number, inquiry.Rulebook, wish, time);
        if (asker.MustIdentify)
        {
            // By who is on the permit today: a timeline is of no date.
            ThrowIf(TryDecide(new Check(number, [], subject, inquiry.Today.Date, null, null), known.Timeline, inquiry, out _));
        }

        ThrowIf(asker.Budget.TakeUnknown(known.Timeline is null ? 1 : 0));
        var answer = AnswerWriter.Write(number, known.Timeline, inquiry.View);
        answer.Provenance = WriteProvenance(known, inquiry);
        return answer;
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

    private static (Check Check, RpcStatus? Error) ReadItem(Contract.VerifyPermitRequest request, in Inquiry inquiry)
    {
        var fields = new FieldReader();
        var check = CheckReader.Read(request, inquiry, fields);
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

    /// <summary>Why a check that names no date cannot be answered.</summary>
    private static RpcStatus? ClockError(Contract.VerifyPermitRequest request, in Inquiry inquiry) =>
        request.AsOf is null && !inquiry.Today.IsCertain ? RpcErrors.ClockSkewed() : null;

    private static Contract.Provenance WriteProvenance(in PermitAnswer known, in Inquiry inquiry)
    {
        var provenance = AnswerWriter.WriteProvenance(known, inquiry.Instant);
        provenance.Source = inquiry.Asker.SeesSource ? (Contract.Source)known.Source : Contract.Source.Unspecified;
        return provenance;
    }

    private static int UnknownIn(in Verdict verdict) => verdict.Standing.Status == PermitStatus.NotFound ? 1 : 0;

    private static Contract.VerifyPermitResponse WriteAnswer(in Check check, in Verdict verdict, in PermitAnswer known, in Inquiry inquiry) =>
        new()
        {
            Verdict = AnswerWriter.Write(verdict, check.Entitlements),
            Provenance = WriteProvenance(known, inquiry),
        };

    /// <summary>Begins to answer a message, under the rulebook in use now or another one that it names.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED where the asker may not name one, NOT_FOUND where there is none such.</exception>
    private Inquiry Begin(Asker asker, string rulebookVersion)
    {
        var now = timeProvider.GetUtcNow();
        var today = days.At(now);
        var rulebook = rulebookVersion.Length == 0 ? rulebooks.On(today.Date)
            : !asker.Has(ConsumerRoles.Audit) ? throw RpcErrors.RoleMissingForRulebook().ToRpcException()
            : rulebooks.Find(rulebookVersion) ?? throw RpcErrors.RulebookUnknown();
        return new Inquiry(asker, now, today, rulebook);
    }

    /// <summary>Decides and writes the answer to one check of a batch, where the asker's budgets allow it.</summary>
    /// <param name="check">The check.</param>
    /// <param name="found">What the lookup knows; null where it could not tell.</param>
    /// <param name="inquiry">What the batch is answered for.</param>
    /// <param name="spent">
    /// Why nothing more of the batch is answered: from the check that finds the budget of unknown numbers spent, all are refused, those of
    /// known numbers too, and also when the budget has filled a little since: there is one place to go on from.
    /// </param>
    /// <param name="answer">The answer; null when there is none.</param>
    /// <returns>Why not; null when there is an answer.</returns>
    private RpcStatus? TryAnswer(
        in Check check, in PermitAnswer? found, in Inquiry inquiry, ref RpcStatus? spent, out Contract.VerifyPermitResponse? answer)
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

        if (TryDecide(check, known.Timeline, inquiry, out var verdict) is { } tooManyGuesses)
        {
            return tooManyGuesses;
        }

        spent = inquiry.Asker.Budget.TakeUnknownOfBatch(UnknownIn(verdict));
        answer = spent is null ? WriteAnswer(check, verdict, known, inquiry) : null;
        return spent;
    }

    private RpcStatus? TryDecide(in Check check, PermitTimeline? timeline, in Inquiry inquiry, out Verdict verdict)
    {
        if (check.Subject.Identity is null && check.CardEdition is null)
        {
            verdict = Decide(check, timeline, inquiry.View);
            return null;
        }

        var asked = check;
        var view = inquiry.View;
        var mustMatch = inquiry.Asker.MustIdentify;
        var refusal = inquiry.Asker.Budget.TryGuess(
            check.Number,
            () =>
            {
                var decided = Decide(asked, timeline, view);
                return new Guess(decided, mustMatch && !MayBeTold(decided, timeline));
            },
            out var guess);
        verdict = guess.Verdict;
        return refusal ?? (guess.IsWithheld ? RpcErrors.IdentityNotMatched() : null);
    }

    private Verdict Decide(in Check check, PermitTimeline? timeline, StandingView view) =>
        _rules.Decide(check.Number, timeline, check.AsOf, check.Subject, check.CardEdition, view, check.Through);

    /// <summary>
    /// Whether a verdict may be told to who must bring an identity number: where it is the permit's, or where the registry holds none at all
    /// to compare with.
    /// </summary>
    private static bool MayBeTold(in Verdict verdict, PermitTimeline? timeline) =>
        verdict.SubjectMatch == SubjectMatch.Matched
        || (verdict.SubjectMatch == SubjectMatch.NotChecked && timeline is not { HoldsIdentity: true });
}
