using Verification.Audit.Records;
using Verification.Core.Registry;
using Verification.Core.Rules.Procedures;
using Verification.Server.Access;
using Verification.Server.Auditing;
using Verification.Server.Checks;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Registry.V1;
using Verdicts = Permits.Verification.V1;

namespace Verification.Server.Registration;

/// <summary>
/// Tells what may be filed for a permit (policy §11). The lookup says as of which revision, as for a check; the events up to it come from
/// the registry.
/// </summary>
internal sealed class PermitProcedureAnswers(
    BoundedLookup lookup, IPermitRegistry registry, Inquiries inquiries, IAuditTrail trail)
{
    /// <summary>Answers a question.</summary>
    public async Task<Contract.GetProceduresResponse> AnswerAsync(Contract.GetProceduresRequest request, Asker asker, CallTime time)
    {
        Verifier.ThrowIf(asker.Budget.TakeChecks(1));
        var inquiry = inquiries.Begin(asker, AuditCall.Procedures, rulebookVersion: string.Empty);
        var fields = new FieldReader();
        var number = fields.PermitNumber("permit_number", request.PermitNumber);
        var asOf = CheckReader.ReadAsOf(request.AsOf, inquiry.Today, fields);
        var wish = KnowledgeWish.Read(request.Freshness, request.HasKnownAtRevision ? request.KnownAtRevision : null, fields);
        fields.ThrowIfWrong();
        Verifier.ThrowIf(request.AsOf is null && !inquiry.Today.IsCertain ? RpcErrors.ClockSkewed() : null);

        var known = await lookup.FindAsync(number, inquiry.Rulebook, wish, time);
        Verifier.ThrowIf(asker.Budget.TakeUnknown(known.Timeline is null ? 1 : 0));
        var load = await registry.LoadAsync(number, time.Cancelled);
        if (load.Head.Revision < known.Revision
            || !(await registry.ReadChangesAsync(known.Revision, 1, time.Cancelled)).StoodAt(known.Revision))
        {
            // It lags, or another has taken its place since the lookup.
            throw new RegistryUnavailableException($"The registry does not stand at revision {known.Revision}.");
        }

        var procedures = ProcedureRules.On(load.History?.AsKnownAt(known.Revision), known.Rulebook, asOf!.Value);
        var id = new CheckId(inquiry.Id);
        await trail.LeaveAsync(
            new AuditDraft
            {
                CheckId = id,
                Instant = inquiry.Instant,
                Call = inquiry.Call,
                Consumer = asker.Recorded,
                Number = number,
                AsOf = asOf,
                KnownAt = wish.KnownAt,
                Provenance = CheckRecord.ProvenanceOf(known),
            },
            time.Cancelled);
        var answer = new Contract.GetProceduresResponse
        {
            PermitNumber = number.ToString(),
            Kind = (Verdicts.PermitKind)procedures.Kind,
            Status = (Verdicts.PermitStatus)procedures.Status,
            AsOf = asOf.Value.ToDate(),
            Provenance = AnswerWriter.WriteProvenance(known, id),
        };
        answer.Procedures.AddRange(procedures.Openings.Select(opening => new Contract.ProcedureOpening
        {
            Procedure = opening.Procedure.ToContract(),
            Open = opening.IsOpen,
            OpensOn = opening.OpensOn?.ToDate(),
            ClosesOn = opening.ClosesOn?.ToDate(),
            WhyNot = opening.WhyNot?.English ?? string.Empty,
            WhyNotZh = opening.WhyNot?.Chinese ?? string.Empty,
        }));
        return answer;
    }
}
