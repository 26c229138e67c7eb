using Verification.Core.Permits.Events;
using static Verification.Core.Permits.RegistryFile.RegistryField;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>
/// Reads lines of a registry file (policy §7): codes <c>MALFORMED_LINE</c> to <c>INVALID_FIELD</c>, the first that applies. Identity
/// numbers end here: what comes out holds their digests. Not safe for concurrent use.
/// </summary>
public sealed class RegistryLineParser(IdentityDigester digester)
{
    private static readonly Rejection MalformedLine =
        new(RejectCode.MalformedLine, "The line is no JSON object (UTF-8) with the strings 'permit', 'event' and 'on'.");

    private static readonly Rejection UnknownEvent = new(RejectCode.UnknownEvent, "There is no event of this name.");

    private static readonly Rejection MalformedNumber =
        new(RejectCode.MalformedNumber, "'permit' must have 6 to 24 characters 0-9A-Z, white space and hyphens aside.");

    private readonly LineFields _fields = new();

    /// <summary>Reads a line without its line end.</summary>
    public ImportLine Parse(long line, ReadOnlySpan<byte> text)
    {
        var rejection = TryParse(text, out var permit, out var happening);
        return rejection is null
            ? new ImportLine(line, permit, happening, null)
            : new ImportLine(line, default, null, rejection);
    }

    private static Rejection MalformedDate(RegistryField field) =>
        new(RejectCode.MalformedDate, $"'{LineFields.NameOf(field)}' must name a real date as YYYY-MM-DD, years 0001 to 9999.");

    private static Rejection Missing(RegistryField field) =>
        new(RejectCode.MissingField, $"'{LineFields.NameOf(field)}' is required.");

    private static Rejection Invalid(RegistryField field, string rule) =>
        new(RejectCode.InvalidField, $"'{LineFields.NameOf(field)}' {rule}.");

    private Rejection? TryParse(ReadOnlySpan<byte> text, out PermitNumber permit, out PermitEvent? happening)
    {
        permit = default;
        happening = null;
        if (!_fields.TryRead(text)
            || !_fields.HasString(Permit)
            || !_fields.HasString(Event)
            || !_fields.HasString(On))
        {
            return MalformedLine;
        }

        if (EventForm.Find(_fields.Text(Event) ?? string.Empty, _fields.Text(Kind)) is not { } form)
        {
            return UnknownEvent;
        }

        if (!PermitNumber.TryParse(_fields.Text(Permit), out permit))
        {
            return MalformedNumber;
        }

        return CheckFields(form) ?? TryCreate(_fields.Text(Event)!, permit, out happening);
    }

    private Rejection? CheckFields(EventForm form)
    {
        foreach (var field in form.Dates)
        {
            if (_fields.Has(field) && !CivilDates.TryParse(_fields.Text(field), out _))
            {
                return MalformedDate(field);
            }
        }

        foreach (var field in form.Required)
        {
            if (!_fields.Has(field))
            {
                return Missing(field);
            }
        }

        foreach (var field in form.All)
        {
            if (_fields.Has(field) && _fields.Text(field) is null)
            {
                return Invalid(field, "must be a string of Unicode text");
            }
        }

        return null;
    }

    private Rejection? TryCreate(string name, PermitNumber permit, out PermitEvent? happening)
    {
        var on = Date(On)!.Value;
        happening = null;
        switch (name)
        {
            case "issued":
                return TryCreateIssued(on, permit, out happening);
            case "inspected":
                if (!EventWords.TryParse(_fields.Text(Channel)!, out InspectionChannel channel))
                {
                    return Invalid(Channel, "must be 'online' or 'window'");
                }

                happening = new Inspected(on, channel);
                return null;
            case "employment_ended":
                var leftOn = Date(LeftOn) ?? on;
                happening = new EmploymentEnded(on, leftOn);
                return leftOn > on ? Invalid(LeftOn, "must not be after 'on'") : null;
            case "retained":
                if (!EventWords.TryParse(_fields.Text(Procedure)!, out RetentionProcedure procedure))
                {
                    return Invalid(Procedure, "must be a procedure for which cards are retained");
                }

                happening = new Retained(on, procedure);
                return null;
            case "exchanged":
                happening = PermitNumber.TryParse(_fields.Text(NewPermit), out var newPermit) ? new Exchanged(on, newPermit) : null;
                return happening is null ? Invalid(NewPermit, "must be a permit number") : null;
            case "dependant_added" or "dependant_removed":
                return TryCreateDependant(name, on, permit, out happening);
            default:
                happening = name switch
                {
                    "cancellation_deferred" => new CancellationDeferred(on, Date(Until)!.Value, _fields.Text(Employer)!),
                    "employer_changed" => new EmployerChanged(on, _fields.Text(Employer)!),
                    "cancelled" => new Cancelled(on, _fields.Text(Reason)),
                    "renewed" => new Renewed(on),
                    "returned" => new Returned(on),
                    "reissued" => new Reissued(on),
                    "endorsed" => new Endorsed(on),
                    "extended" => new Extended(on),
                    _ => throw new InvalidOperationException($"The event '{name}' has a form but no reader."),
                };
                return null;
        }
    }

    private Rejection? TryCreateIssued(DateOnly on, PermitNumber permit, out PermitEvent? happening)
    {
        happening = null;
        var kind = PermitKindNames.Parse(_fields.Text(Kind));
        if (kind == PermitKind.None)
        {
            return Invalid(Kind, "must be a kind of permit");
        }

        IdentityDigest? holder = null;
        if (_fields.Text(HolderId) is { } holderId)
        {
            if (!ResidentIdentityNumber.TryParse(holderId, out var number))
            {
                return Invalid(HolderId, "must be 17 digits and the check character that fits them");
            }

            holder = digester.Digest(permit, SubjectRole.Holder, number);
        }

        var validThrough = kind == PermitKind.TemporaryResidencePermit ? Date(ValidThrough) : null;
        happening = new Issued(on, kind, Date(AppliedOn), holder, _fields.Text(Employer), validThrough);
        return null;
    }

    private Rejection? TryCreateDependant(string name, DateOnly on, PermitNumber permit, out PermitEvent? happening)
    {
        happening = null;
        if (!EventWords.TryParse(_fields.Text(Relation)!, out SubjectRole relation))
        {
            return Invalid(Relation, "must be 'spouse', 'child' or 'parent'");
        }

        if (!ResidentIdentityNumber.TryParse(_fields.Text(IdNumber), out var number))
        {
            return Invalid(IdNumber, "must be 17 digits and the check character that fits them");
        }

        var identity = digester.Digest(permit, relation, number);
        happening = name == "dependant_added"
            ? new DependantAdded(on, relation, identity)
            : new DependantRemoved(on, relation, identity);
        return null;
    }

    private DateOnly? Date(RegistryField field) => CivilDates.TryParse(_fields.Text(field), out var date) ? date : null;
}
