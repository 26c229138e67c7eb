using Verification.Core.Permits;
using Verification.Core.Rules.Dates;
using Verification.Server.Errors;
using Verification.Server.Messages;
using Contract = Permits.Registry.V1;
using EventCase = Permits.Registry.V1.PermitEvent.EventOneofCase;
using Facts = Verification.Core.Permits.Events;

namespace Verification.Server.Registration;

/// <summary>Reads an event to record. Identity numbers end here: what comes out holds their digests.</summary>
internal sealed class EventReader(IdentityDigester digester)
{
    private const int MaxTextLength = 1_000;

    private static readonly Months LatestOn = new(12);

    /// <summary>Reads an event. What is wrong with it is noted in <paramref name="fields"/>; the event is then null.</summary>
    public (PermitNumber Permit, Facts.PermitEvent? Event) Read(Contract.PermitEvent? request, DateOnly today, FieldReader fields)
    {
        if (request is null)
        {
            fields.Miss("event");
            return default;
        }

        var permit = fields.PermitNumber("event.permit_number", request.PermitNumber);
        var on = RequiredDate("event.on", request.On, fields);
        if (on > today.Plus(LatestOn))
        {
            fields.Refuse("event.on", ErrorReasons.DateOutOfRange, "It lies at most one year ahead.");
        }

        var happening = Read(request, permit, on, fields);
        return fields.Error is null ? (permit, happening) : default;
    }

    private static DateOnly RequiredDate(string field, Google.Type.Date? date, FieldReader fields)
    {
        if (date is null)
        {
            fields.Miss(field);
        }

        return fields.Date(field, date) ?? default;
    }

    private static string? OptionalText(string field, string text, FieldReader fields)
    {
        if (text.Length > MaxTextLength)
        {
            fields.Refuse(field, ErrorReasons.TextTooLong, $"It has at most {MaxTextLength} characters.");
        }

        return text.Length == 0 ? null : text;
    }

    private static string RequiredText(string field, string text, FieldReader fields)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            fields.Miss(field);
        }

        return OptionalText(field, text, fields) ?? string.Empty;
    }

    private static Facts.EmploymentEnded ReadEmploymentEnded(Contract.EmploymentEnded ended, DateOnly on, FieldReader fields)
    {
        var leftOn = fields.Date("event.employment_ended.left_on", ended.LeftOn) ?? on;
        if (on != default && leftOn > on)
        {
            fields.Refuse("event.employment_ended.left_on", ErrorReasons.DateOutOfRange, "It is not after the event's date.");
        }

        return new Facts.EmploymentEnded(on, leftOn);
    }

    private static Facts.CancellationDeferred ReadDeferral(
        Contract.CancellationDeferred deferred, DateOnly on, FieldReader fields) =>
        new(
            on,
            RequiredDate("event.cancellation_deferred.until", deferred.Until, fields),
            RequiredText("event.cancellation_deferred.employer", deferred.Employer, fields));

    private static SubjectRole Relation(string field, int role, FieldReader fields)
    {
        var relation = fields.Code<SubjectRole>(field, role);
        if (relation == SubjectRole.Holder)
        {
            fields.Refuse(field, ErrorReasons.UnknownValue, "It is spouse, child or parent.");
        }

        return relation;
    }

    private Facts.PermitEvent? Read(Contract.PermitEvent request, PermitNumber permit, DateOnly on, FieldReader fields)
    {
        switch (request.EventCase)
        {
            case EventCase.Issued:
                return ReadIssued(request.Issued, permit, on, fields);
            case EventCase.Inspected:
                return new Facts.Inspected(
                    on, fields.Code<InspectionChannel>("event.inspected.channel", (int)request.Inspected.Channel));
            case EventCase.Retained:
                return new Facts.Retained(
                    on, fields.Code<RetentionProcedure>("event.retained.procedure", (int)request.Retained.Procedure));
            case EventCase.EmploymentEnded:
                return ReadEmploymentEnded(request.EmploymentEnded, on, fields);
            case EventCase.CancellationDeferred:
                return ReadDeferral(request.CancellationDeferred, on, fields);
            case EventCase.EmployerChanged:
                return new Facts.EmployerChanged(
                    on, RequiredText("event.employer_changed.employer", request.EmployerChanged.Employer, fields));
            case EventCase.Cancelled:
                return new Facts.Cancelled(on, OptionalText("event.cancelled.reason", request.Cancelled.Reason, fields));
            case EventCase.Exchanged:
                return new Facts.Exchanged(on, fields.PermitNumber("event.exchanged.new_permit", request.Exchanged.NewPermit));
            case EventCase.DependantAdded:
                var added = request.DependantAdded;
                var (newRelation, newIdentity) =
                    ReadDependant("event.dependant_added", (int)added.Relation, added.IdNumber, permit, fields);
                return new Facts.DependantAdded(on, newRelation, newIdentity);
            case EventCase.DependantRemoved:
                var removed = request.DependantRemoved;
                var (oldRelation, oldIdentity) =
                    ReadDependant("event.dependant_removed", (int)removed.Relation, removed.IdNumber, permit, fields);
                return new Facts.DependantRemoved(on, oldRelation, oldIdentity);
            case EventCase.Renewed:
                return new Facts.Renewed(on);
            case EventCase.Endorsed:
                return new Facts.Endorsed(on);
            case EventCase.Extended:
                return new Facts.Extended(on);
            case EventCase.Returned:
                return new Facts.Returned(on);
            case EventCase.Reissued:
                return new Facts.Reissued(on);
            case EventCase.None:
                fields.Refuse("event", ErrorReasons.FieldRequired, "It says what happened.");
                return null;
            default:
                throw new InvalidOperationException($"The event {request.EventCase} has no reader.");
        }
    }

    private Facts.Issued ReadIssued(Contract.Issued issued, PermitNumber permit, DateOnly on, FieldReader fields)
    {
        var kind = fields.Code<PermitKind>("event.issued.kind", (int)issued.Kind);
        DateOnly? validThrough = kind == PermitKind.TemporaryResidencePermit
            ? RequiredDate("event.issued.valid_through", issued.ValidThrough, fields)
            : null;
        var holder = fields.IdentityNumber("event.issued.holder_id", issued.HolderId);
        return new Facts.Issued(
            on,
            kind,
            fields.Date("event.issued.applied_on", issued.AppliedOn),
            holder is { } number && number != default ? digester.Digest(permit, SubjectRole.Holder, number) : null,
            OptionalText("event.issued.employer", issued.Employer, fields),
            validThrough);
    }

    private (SubjectRole Relation, IdentityDigest Identity) ReadDependant(
        string field, int role, string idNumber, PermitNumber permit, FieldReader fields)
    {
        var relation = Relation($"{field}.relation", role, fields);
        var number = fields.IdentityNumber($"{field}.id_number", idNumber);
        if (number is null)
        {
            fields.Miss($"{field}.id_number");
        }

        return fields.Error is null ? (relation, digester.Digest(permit, relation, number!.Value)) : default;
    }
}
