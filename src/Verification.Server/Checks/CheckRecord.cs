using System.Runtime.CompilerServices;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Auditing;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks;

/// <summary>Records what was asked and told: all that is needed to ask again and to compare.</summary>
internal static class CheckRecord
{
    /// <summary>Records a check and its verdict.</summary>
    /// <returns>Why not: then there must be no answer. Null when it was taken.</returns>
    public static RpcStatus? TryAppend(
        this IAuditTrail trail, CheckId id, in Check check, in Verdict verdict, in PermitAnswer known, in KnowledgeWish wish, in Inquiry inquiry)
    {
        Span<EntitlementDecision> told = stackalloc EntitlementDecision[check.Entitlements.Length];
        return trail.TryAppend(Draft(id, check, verdict, known, wish, inquiry, told));
    }

    /// <summary>The record of a check and its verdict.</summary>
    /// <param name="id">The check's identifier.</param>
    /// <param name="check">The check.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="known">What it rests on.</param>
    /// <param name="wish">How fresh, or as of when, that was to be.</param>
    /// <param name="inquiry">The call.</param>
    /// <param name="told">Room for the decisions, of as many as are told, to which the record points.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AuditDraft Draft(
        CheckId id,
        scoped in Check check,
        scoped in Verdict verdict,
        scoped in PermitAnswer known,
        scoped in KnowledgeWish wish,
        scoped in Inquiry inquiry,
        Span<EntitlementDecision> told)
    {
        for (var i = 0; i < told.Length; i++)
        {
            told[i] = verdict.On(check.Entitlements[i]);
        }

        return new AuditDraft
        {
            CheckId = id,
            Instant = inquiry.Instant,
            Call = inquiry.Call,
            Consumer = inquiry.Asker.Recorded,
            Number = check.Number,
            AsOf = check.AsOf,
            Through = check.Through,
            KnownAt = wish.KnownAt,
            Role = check.Subject.Role,
            CardEdition = check.CardEdition,
            Entitlements = check.Entitlements.AsSpan(),
            Identity = check.Identity,
            Answer = AnswerOf(verdict),
            Decisions = told,
            Provenance = ProvenanceOf(known),
            Source = known.Source,
            Reference = check.Reference,
        };
    }

    /// <summary>What was told beside the decisions.</summary>
    public static AuditAnswer AnswerOf(in Verdict verdict) =>
        new(verdict.Standing, verdict.SubjectMatch, verdict.CardMatch, verdict.Throughout?.FirstNotValid);

    /// <summary>What an answer rests on.</summary>
    public static AuditProvenance ProvenanceOf(in PermitAnswer known) => new(known.Revision, known.DataAsOf, known.Rulebook.Version);
}
