using Google.Protobuf.WellKnownTypes;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Server.Messages;
using Contract = Permits.Registry.V1;
using Facts = Verification.Core.Permits.Events;
using Verdicts = Permits.Verification.V1;

namespace Verification.Server.Registration;

/// <summary>Writes recorded events as the contract has them: of identities only whether there is one.</summary>
internal static class EventWriter
{
    /// <summary>An event as the registry holds it.</summary>
    public static Contract.RecordedEvent Write(PermitNumber permit, RecordedEvent recorded) => new()
    {
        Revision = recorded.Revision,
        Event = Write(permit, recorded.Event),
        RecordedAt = Timestamp.FromDateTimeOffset(recorded.RecordedAt),
        RecordedBy = recorded.RecordedBy,
    };

    private static Contract.PermitEvent Write(PermitNumber permit, Facts.PermitEvent happening)
    {
        var answer = new Contract.PermitEvent { PermitNumber = permit.ToString(), On = happening.On.ToDate() };
        switch (happening)
        {
            case Facts.Issued issued:
                answer.Issued = Write(issued);
                break;
            case Facts.Inspected inspected:
                answer.Inspected = new Contract.Inspected { Channel = (Contract.InspectionChannel)inspected.Channel };
                break;
            case Facts.Retained retained:
                answer.Retained = new Contract.Retained { Procedure = (Contract.RetentionProcedure)retained.Procedure };
                break;
            case Facts.EmploymentEnded ended:
                answer.EmploymentEnded = new Contract.EmploymentEnded { LeftOn = ended.LeftOn.ToDate() };
                break;
            case Facts.CancellationDeferred deferred:
                answer.CancellationDeferred =
                    new Contract.CancellationDeferred { Until = deferred.Until.ToDate(), Employer = deferred.Employer };
                break;
            case Facts.EmployerChanged changed:
                answer.EmployerChanged = new Contract.EmployerChanged { Employer = changed.Employer };
                break;
            case Facts.Cancelled cancelled:
                answer.Cancelled = new Contract.Cancelled { Reason = cancelled.Reason ?? string.Empty };
                break;
            case Facts.Exchanged exchanged:
                answer.Exchanged = new Contract.Exchanged { NewPermit = exchanged.NewPermit.ToString() };
                break;
            case Facts.DependantAdded added:
                answer.DependantAdded = new Contract.DependantAdded { Relation = (Verdicts.SubjectRole)added.Relation };
                break;
            case Facts.DependantRemoved removed:
                answer.DependantRemoved = new Contract.DependantRemoved { Relation = (Verdicts.SubjectRole)removed.Relation };
                break;
            case Facts.Renewed:
                answer.Renewed = new Contract.Renewed();
                break;
            case Facts.Endorsed:
                answer.Endorsed = new Contract.Endorsed();
                break;
            case Facts.Extended:
                answer.Extended = new Contract.Extended();
                break;
            case Facts.Returned:
                answer.Returned = new Contract.Returned();
                break;
            case Facts.Reissued:
                answer.Reissued = new Contract.Reissued();
                break;
            default:
                throw new InvalidOperationException($"The event '{happening.Name}' has no writer.");
        }

        return answer;
    }

    private static Contract.Issued Write(Facts.Issued issued) => new()
    {
        Kind = (Verdicts.PermitKind)issued.Kind,
        AppliedOn = issued.AppliedOn?.ToDate(),
        Employer = issued.Employer ?? string.Empty,
        ValidThrough = issued.ValidThrough?.ToDate(),
        HolderOnFile = issued.Holder is not null,
    };
}
