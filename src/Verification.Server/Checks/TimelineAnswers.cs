using Verification.Audit.Records;
using Verification.Server.Access;
using Verification.Server.Auditing;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>Answers how a permit's standing changed and will change.</summary>
internal sealed class TimelineAnswers(BoundedLookup lookup, Inquiries inquiries, CheckReader reader, IAuditTrail trail)
{
    /// <summary>Answers a question.</summary>
    public async Task<Contract.GetTimelineResponse> AnswerAsync(Contract.GetTimelineRequest request, Asker asker, CallTime time)
    {
        Verifier.ThrowIf(asker.Budget.TakeChecks(1));
        var inquiry = inquiries.Begin(asker, AuditCall.Timeline, request.RulebookVersion);
        var fields = new FieldReader();
        var number = fields.PermitNumber("permit_number", request.PermitNumber);
        var (subject, identity) = reader.ReadSubject(request.Subject, number, asker, fields);
        var knownAt = request.HasKnownAtRevision ? request.KnownAtRevision : (long?)null;
        var wish = KnowledgeWish.Read(request.Freshness, knownAt, fields);
        fields.ThrowIfWrong();
        Verifier.ThrowIf(asker.MustIdentify && !inquiry.Today.IsCertain ? RpcErrors.ClockSkewed() : null);

        var known = await lookup.FindAsync(number, inquiry.Rulebook, wish, time);
        if (asker.MustIdentify)
        {
            // By who is on the permit today: a timeline is of no date.
            var check = new Check(number, [], subject, identity, inquiry.Today.Date, Through: null, CardEdition: null, Reference: default);
            Verifier.ThrowIf(BoundedVerdicts.TryDecide(check, known.Timeline, inquiry, out _));
        }

        Verifier.ThrowIf(asker.Budget.TakeUnknown(known.Timeline is null ? 1 : 0));
        var id = new CheckId(inquiry.Id);
        await trail.LeaveAsync(
            new AuditDraft
            {
                CheckId = id,
                Instant = inquiry.Instant,
                Call = inquiry.Call,
                Consumer = asker.Recorded,
                Number = number,
                KnownAt = knownAt,
                Role = subject.Role,
                Identity = identity,
                Provenance = CheckRecord.ProvenanceOf(known),
            },
            time.Cancelled);
        var answer = AnswerWriter.Write(number, known.Timeline, inquiry.View);
        answer.Provenance = AnswerWriter.WriteProvenance(known, id, asker);
        return answer;
    }
}
