using System.Collections.Immutable;
using Grpc.Core;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules;
using Contract = Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Rpc;

/// <summary>
/// The way of a check: read it, load the history, compile its timeline, decide, answer. Today, and with it the rulebook, is taken
/// once for each message.
/// </summary>
internal sealed class Verifier(IPermitRegistry registry, IdentityDigester digester, TimeProvider timeProvider)
{
    /// <summary>The most checks of a batch.</summary>
    public const int MaxBatch = 1_000;

    /// <summary>Today in Beijing.</summary>
    public DateOnly Today => Calendar.DateInBeijing(timeProvider.GetUtcNow());

    /// <summary>Answers one check.</summary>
    public async Task<Contract.VerifyPermitResponse> VerifyAsync(
        Contract.VerifyPermitRequest request, Asker asker, CancellationToken cancellationToken)
    {
        var today = Today;
        var fields = new FieldReader();
        var check = CheckReader.Read(request, asker, today, fields);
        var wish = KnowledgeWish.Read(request.Freshness, KnownAt(request), fields);
        fields.ThrowIfWrong();
        if (ScopeError(check, asker) is { } error)
        {
            throw error.ToRpcException();
        }

        var load = await registry.LoadAsync(check.Number, cancellationToken);
        return Answer(check, load.History, new Ground(wish.RevisionIn(load.Head), load.Head, RulebookLibrary.On(today)), asker);
    }

    /// <summary>Answers a batch from one snapshot.</summary>
    public async Task<Contract.BatchVerifyPermitsResponse> VerifyAsync(
        Contract.BatchVerifyPermitsRequest request, Asker asker, CancellationToken cancellationToken)
    {
        var today = Today;
        var wish = ReadBatch(request);
        var checks = request.Checks.Select(check => ReadItem(check, asker, today)).ToArray();

        var numbers = checks.Where(item => item.Error is null).Select(item => item.Check.Number).ToArray();
        var snapshot = await registry.LoadAsync(numbers, cancellationToken);
        var ground = new Ground(wish.RevisionIn(snapshot.Head), snapshot.Head, RulebookLibrary.On(today));

        var response = new Contract.BatchVerifyPermitsResponse();
        foreach (var (check, error) in checks)
        {
            response.Items.Add(error is not null
                ? new Contract.BatchItem { Error = error }
                : new Contract.BatchItem
                {
                    Response = Answer(check, snapshot.Histories.GetValueOrDefault(check.Number), ground, asker),
                });
        }

        return response;
    }

    /// <summary>Answers a permit's timeline.</summary>
    public async Task<Contract.GetTimelineResponse> GetTimelineAsync(
        Contract.GetTimelineRequest request, Asker asker, CancellationToken cancellationToken)
    {
        var fields = new FieldReader();
        var number = fields.PermitNumber("permit_number", request.PermitNumber);
        var knownAt = request.HasKnownAtRevision ? request.KnownAtRevision : (long?)null;
        var wish = KnowledgeWish.Read(request.Freshness, knownAt, fields);
        fields.ThrowIfWrong();

        var load = await registry.LoadAsync(number, cancellationToken);
        var ground = new Ground(wish.RevisionIn(load.Head), load.Head, RulebookLibrary.On(Today));
        var answer = AnswerWriter.Write(number, ground.TimelineOf(load.History), asker.View);
        answer.Provenance = WriteProvenance(ground);
        return answer;
    }

    private static long? KnownAt(Contract.VerifyPermitRequest request) =>
        request.HasKnownAtRevision ? request.KnownAtRevision : null;

    private static RpcStatus? ScopeError(in Check check, Asker asker)
    {
        foreach (var entitlement in check.Entitlements)
        {
            if (!asker.Scope.Contains(entitlement))
            {
                return RpcErrors.OutOfScope(CodeNames.NameOf(entitlement));
            }
        }

        return null;
    }

    private static KnowledgeWish ReadBatch(Contract.BatchVerifyPermitsRequest request)
    {
        var fields = new FieldReader();
        if (request.Checks.Count is 0 or > MaxBatch)
        {
            fields.Refuse("checks", ErrorReasons.InvalidBatchSize, $"A batch has 1 to {MaxBatch} checks.");
        }

        var wish = KnowledgeWish.Read(
            request.Freshness, request.HasKnownAtRevision ? request.KnownAtRevision : null, fields);
        fields.ThrowIfWrong();
        return wish;
    }

    private static (Check Check, RpcStatus? Error) ReadItem(Contract.VerifyPermitRequest request, Asker asker, DateOnly today)
    {
        var fields = new FieldReader();
        var check = CheckReader.Read(request, asker, today, fields);
        if (request.Freshness is not null)
        {
            fields.Refuse("freshness", ErrorReasons.NotAllowedInBatch, "Name it for the whole batch.");
        }

        if (request.HasKnownAtRevision)
        {
            fields.Refuse("known_at_revision", ErrorReasons.NotAllowedInBatch, "Name it for the whole batch.");
        }

        return (check, fields.Error ?? ScopeError(check, asker));
    }

    private Contract.VerifyPermitResponse Answer(in Check check, PermitHistory? history, Ground ground, Asker asker)
    {
        var rules = new VerdictRules(ground.Rulebook, digester);
        var verdict = rules.Decide(
            check.Number, ground.TimelineOf(history), check.AsOf, check.Subject, check.CardEdition, asker.View);
        return new Contract.VerifyPermitResponse
        {
            Verdict = AnswerWriter.Write(verdict, check.Entitlements),
            Provenance = WriteProvenance(ground),
        };
    }

    private Contract.Provenance WriteProvenance(Ground ground) =>
        AnswerWriter.WriteProvenance(ground.Revision, ground.Head, ground.Rulebook, timeProvider.GetUtcNow());

    /// <summary>What the answers of one message rest on.</summary>
    private readonly record struct Ground(long Revision, RegistryHead Head, Rulebook Rulebook)
    {
        public PermitTimeline? TimelineOf(PermitHistory? history) =>
            history?.AsKnownAt(Revision) is { } known ? TimelineCompiler.Compile(known, Rulebook) : null;
    }
}
