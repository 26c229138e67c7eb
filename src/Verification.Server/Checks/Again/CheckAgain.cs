using Grpc.Core;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Rulebooks;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Errors;
using Verification.Server.Limits;

namespace Verification.Server.Checks.Again;

/// <summary>
/// Decides a verdict once more from its record: for the class that asked, from the revision and under the rulebook that it names. Each
/// must come out as it did, for ever.
/// </summary>
internal sealed class CheckAgain(BoundedLookup lookup, RulebookLibrary rulebooks)
{
    /// <summary>Decides it, and compares it with what the record says was told.</summary>
    /// <exception cref="RpcException">The registry could not answer.</exception>
    public async ValueTask<Repetition> DecideAsync(AuditRecord record, CallTime time)
    {
        if (record is not { Number: { } number, AsOf: { } asOf, Answer: not null, Provenance: { } provenance, Consumer: { } consumer })
        {
            return Repetition.Impossible(Repetition.NoVerdict);
        }

        if (rulebooks.Find(provenance.RulebookVersion) is not { } rulebook)
        {
            return Repetition.Impossible(ErrorReasons.RulebookUnknown);
        }

        PermitAnswer known;
        try
        {
            known = await lookup.FindAsync(number, rulebook, new KnowledgeWish(default, provenance.Revision), time);
        }
        catch (Exception lost) when (lost is RevisionUnknownException or RpcException { StatusCode: StatusCode.OutOfRange })
        {
            return Repetition.Impossible(ErrorReasons.RevisionUnknown);
        }

        var subject = new DigestedSubject(record.Role ?? SubjectRole.Holder, record.Identity?.Digest);
        var verdict = VerdictRules.Decide(
            number, known.Timeline, asOf, subject, record.CardEdition, rulebook.ScopeOf(consumer.Class).View, record.Through);
        return new Repetition(verdict, IsWhatWasTold(record, verdict), WhyNot: null);
    }

    private static bool IsWhatWasTold(AuditRecord record, Verdict verdict) =>
        record.Answer == CheckRecord.AnswerOf(verdict) && record.Decisions.All(told => verdict.On(told.Entitlement) == told);
}
