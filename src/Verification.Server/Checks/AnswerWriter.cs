using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Timelines;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Access;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>Writes verdicts and timelines as the contract has them.</summary>
internal static class AnswerWriter
{
    /// <summary>A verdict, with the decisions on these entitlements in this order.</summary>
    public static Contract.Verdict Write(in Verdict verdict, ImmutableArray<Entitlement> entitlements)
    {
        var answer = new Contract.Verdict
        {
            PermitNumber = verdict.Number.ToString(),
            Kind = (Contract.PermitKind)verdict.Kind,
            Status = (Contract.PermitStatus)verdict.Standing.Status,
            AsOf = verdict.AsOf.ToDate(),
            StatusSince = verdict.StatusSince?.ToDate(),
            StatusUntil = verdict.StatusUntil?.ToDate(),
            IssuedOn = verdict.IssuedOn?.ToDate(),
            ExpiresOn = verdict.ExpiresOn?.ToDate(),
            ValidUntil = verdict.ValidUntil?.ToDate(),
            Throughout = verdict.Throughout is { } throughout ? Write(throughout) : null,
            SubjectMatch = (Contract.SubjectMatch)verdict.SubjectMatch,
            CardMatch = (Contract.CardMatch)verdict.CardMatch,
        };
        answer.Reasons.AddReasons(verdict.Standing.Reasons);
        foreach (var entitlement in entitlements)
        {
            var decision = verdict.On(entitlement);
            answer.Entitlements.Add(new Contract.EntitlementDecision
            {
                Entitlement = (Contract.Entitlement)decision.Entitlement,
                Decision = (Contract.Decision)decision.Decision,
                Basis = (Contract.Basis)decision.Basis,
            });
        }

        return answer;
    }

    private static Contract.Throughout Write(Throughout throughout) => new()
    {
        Through = throughout.Through.ToDate(),
        Valid = throughout.IsValid,
        FirstNotValidOn = throughout.FirstNotValid?.On.ToDate(),
        Status = (Contract.PermitStatus)(throughout.FirstNotValid?.Status ?? default),
    };

    /// <summary>A timeline as a view shows it; null stands for a number that the registry does not know.</summary>
    public static Contract.GetTimelineResponse Write(PermitNumber number, PermitTimeline? timeline, StandingView view)
    {
        var answer = new Contract.GetTimelineResponse
        {
            PermitNumber = number.ToString(),
            Kind = (Contract.PermitKind)(timeline?.Kind ?? PermitKind.None),
        };
        foreach (var run in timeline?.Runs(view) ?? [])
        {
            var segment = new Contract.TimelineSegment
            {
                From = run.From.ToStart(),
                Until = run.Until.ToEnd(),
                Status = (Contract.PermitStatus)run.Standing.Status,
            };
            segment.Reasons.AddReasons(run.Standing.Reasons);
            answer.Segments.Add(segment);
        }

        return answer;
    }

    /// <summary>What an answer rests on.</summary>
    public static Contract.Provenance WriteProvenance(in PermitAnswer known, CheckId id) =>
        new()
        {
            CheckId = id.ToString(),
            Revision = known.Revision,
            DataAsOf = Timestamp.FromDateTimeOffset(known.DataAsOf),
            RulebookVersion = known.Rulebook.Version,
        };

    /// <summary>What an answer rests on, and where it came from if the asker is told that.</summary>
    public static Contract.Provenance WriteProvenance(in PermitAnswer known, CheckId id, Asker asker)
    {
        var provenance = WriteProvenance(known, id);
        provenance.Source = asker.SeesSource ? (Contract.Source)known.Source : Contract.Source.Unspecified;
        return provenance;
    }
}
