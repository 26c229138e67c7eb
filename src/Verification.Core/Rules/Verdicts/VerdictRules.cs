using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Timelines;

namespace Verification.Core.Rules.Verdicts;

/// <summary>Decides verdicts (policy §8): a pure function of a permit's timeline, which brings its rulebook, and the check.</summary>
public sealed class VerdictRules(IdentityDigester digester)
{
    /// <summary>The verdict on a permit, or on a number that the registry does not know.</summary>
    /// <param name="number">The number asked about.</param>
    /// <param name="timeline">Its timeline; null when the registry knows no such number, which every rulebook answers alike.</param>
    /// <param name="asOf">The date.</param>
    /// <param name="subject">Who wants to benefit.</param>
    /// <param name="cardEdition">The edition that the card shows, from 1; null when it was not sent.</param>
    /// <param name="view">Whose view of the standing.</param>
    /// <param name="through">The last day on which it must be valid, not before the date; null when the date is the only one.</param>
    public Verdict Decide(
        PermitNumber number,
        PermitTimeline? timeline,
        DateOnly asOf,
        Subject subject,
        int? cardEdition,
        StandingView view,
        DateOnly? through = null) =>
        Decide(number, timeline, asOf, subject.Digested(number, digester), cardEdition, view, through);

    /// <summary>The same where the identity number is known by its digest alone: so a verdict is repeated from its record.</summary>
    /// <inheritdoc cref="Decide(PermitNumber, PermitTimeline?, DateOnly, Subject, int?, StandingView, DateOnly?)" path="/param"/>
    public static Verdict Decide(
        PermitNumber number,
        PermitTimeline? timeline,
        DateOnly asOf,
        DigestedSubject subject,
        int? cardEdition,
        StandingView view,
        DateOnly? through = null)
    {
        if (timeline is not { } known)
        {
            return NoPermit(number, PermitKind.None, asOf, PermitStatus.NotFound, statusUntil: null, through);
        }

        if (known.RecordOn(asOf) is not { } record)
        {
            return NoPermit(number, known.Kind, asOf, PermitStatus.NotYetValid, known.IssuedOn, through);
        }

        var segment = known.SegmentOn(asOf, view);
        var match = Match(known, record, subject);
        var throughout = through is { } last ? new Throughout(last, known.FirstNotValid(asOf, last)) : (Throughout?)null;
        return new Verdict(
            number,
            known.Kind,
            asOf,
            segment.Standing,
            segment.Since,
            NullIfNever(segment.Until),
            known.IssuedOn,
            NullIfNever(record.ExpiresOn),
            NullIfNever(segment.ValidUntil),
            throughout,
            match,
            Match(record, cardEdition),
            Decide(known, segment.Standing.Status, match, subject.Role, asOf, throughout));
    }

    private static Verdict NoPermit(
        PermitNumber number, PermitKind kind, DateOnly asOf, PermitStatus status, DateOnly? statusUntil, DateOnly? through) =>
        new(
            number,
            kind,
            asOf,
            new Standing(status, StatusReasons.None),
            StatusSince: null,
            statusUntil,
            IssuedOn: null,
            ExpiresOn: null,
            ValidUntil: null,
            through is { } last ? new Throughout(last, (asOf, status)) : null,
            SubjectMatch.NotChecked,
            CardMatch.NotChecked,
            EntitlementTable.RefusedByStatus);

    private static DateOnly? NullIfNever(DateOnly date) => date == Calendar.Never ? null : date;

    private static CardMatch Match(PermitRecord record, int? cardEdition) =>
        cardEdition is not { } edition ? CardMatch.NotChecked
        : edition == record.Edition ? CardMatch.Current
        : edition < record.Edition ? CardMatch.Superseded
        : CardMatch.NotIssued;

    /// <summary>The order of policy §8: mismatch first, then any status other than valid, then the table, the role, and <i>Throughout</i>.</summary>
    private static ImmutableArray<EntitlementDecision> Decide(
        PermitTimeline timeline, PermitStatus status, SubjectMatch match, SubjectRole role, DateOnly asOf, Throughout? throughout) =>
        match == SubjectMatch.NotMatched ? EntitlementTable.RefusedByMismatch
        : status != PermitStatus.Valid ? EntitlementTable.RefusedByStatus
        : timeline.Rulebook.Entitlements.On(asOf).Decide(timeline.Kind, role, throughout is not { IsValid: false });

    /// <summary>"Is it their permit?": the holder's number, or the registered family of that role.</summary>
    private static SubjectMatch Match(PermitTimeline timeline, PermitRecord record, DigestedSubject subject)
    {
        if (subject.Identity is not { } identity)
        {
            return SubjectMatch.NotChecked;
        }

        if (subject.Role == SubjectRole.Holder)
        {
            return timeline.Holder is not { } holder ? SubjectMatch.NotChecked : MatchIf(holder == identity);
        }

        return timeline.Kind == PermitKind.WorkResidencePermit
            ? MatchIf(record.HasInFamily(subject.Role, identity))
            : SubjectMatch.NotChecked;
    }

    private static SubjectMatch MatchIf(bool matches) => matches ? SubjectMatch.Matched : SubjectMatch.NotMatched;
}
