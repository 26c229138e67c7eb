using System.Collections.Immutable;
using Verification.Audit.Records;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Access;
using Verification.Server.Checks.AtOnce;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;
using Date = Google.Type.Date;

namespace Verification.Server.Checks;

/// <summary>Reads checks from requests. Identity numbers end here: what comes out holds their digests.</summary>
internal sealed class CheckReader(IdentityDigester digester)
{
    /// <summary>The most characters of a caller's reference.</summary>
    public const int MaxReference = 64;

    /// <summary>Reads a check. What is wrong with it is noted in <paramref name="fields"/>; the check is then not to be used.</summary>
    public Check Read(Contract.VerifyPermitRequest request, in Inquiry inquiry, FieldReader fields)
    {
        var number = fields.PermitNumber("permit_number", request.PermitNumber);
        var entitlements = ReadEntitlements(request, inquiry.Scope, fields);
        var (subject, identity) = ReadSubject(request.Subject, number, inquiry.Asker, fields);
        var asOf = ReadAsOf(request.AsOf, inquiry.Today, fields);
        return new Check(
            number,
            entitlements,
            subject,
            identity,
            asOf ?? inquiry.Today.Date,
            ReadThrough(request.Through, asOf, inquiry.Today, fields),
            ReadCardEdition(request, fields),
            ReadReference(request.Reference, fields));
    }

    /// <summary>Reads a plain check.</summary>
    /// <returns>False where there is something to be said of it, which <see cref="Read"/> does.</returns>
    public static bool TryRead(in PlainCheck plain, in Inquiry inquiry, out Check check)
    {
        check = default;
        var asOf = plain.AsOf ?? inquiry.Today.Date;
        if (inquiry.Asker.MustIdentify || (plain.AsOf is not null && (asOf < AsOfRange.Earliest || asOf > inquiry.Today.LatestAsOf)))
        {
            return false;
        }

        check = new Check(
            plain.Number,
            plain.Entitlements == 0 ? inquiry.Scope.Entitlements : plain.Named(),
            new DigestedSubject(SubjectRole.Holder, null),
            Identity: null,
            asOf,
            Through: null,
            CardEdition: null,
            plain.Reference);
        return true;
    }

    /// <summary>Reads who wants to benefit, with an identity number where the asker must bring one.</summary>
    public (DigestedSubject Subject, AuditIdentity? Identity) ReadSubject(
        Contract.Subject? subject, PermitNumber permit, Asker asker, FieldReader fields)
    {
        if (asker.MustIdentify && string.IsNullOrEmpty(subject?.IdentityNumber))
        {
            fields.Refuse("subject.identity_number", FieldFault.IdentityRequired());
        }

        if (subject is null)
        {
            return (new DigestedSubject(SubjectRole.Holder, null), null);
        }

        var role = subject.Role == Contract.SubjectRole.Unspecified
            ? SubjectRole.Holder
            : fields.Code<SubjectRole>("subject.role", (int)subject.Role);

        // Where anything is wrong there is nothing to digest for.
        if (ReadIdentity(subject, fields) is not { } number || fields.IsWrong)
        {
            return (new DigestedSubject(role, null), null);
        }

        var digest = digester.Digest(permit, role, number);
        return (new DigestedSubject(role, digest.First128Bits), new AuditIdentity(number.Document, digest));
    }

    /// <summary>Reads the date that is asked about, today where none is named; null where it is wrong.</summary>
    public static DateOnly? ReadAsOf(Date? date, Day today, FieldReader fields)
    {
        if (date is null)
        {
            return today.Date;
        }

        var asOf = fields.Date("as_of", date);
        if (asOf < AsOfRange.Earliest || asOf > today.LatestAsOf)
        {
            fields.Refuse("as_of", FieldFault.AsOfOutOfRange(asOf.Value, AsOfRange.Earliest, today.LatestAsOf));
            return null;
        }

        return asOf;
    }

    private static ImmutableArray<Entitlement> ReadEntitlements(
        Contract.VerifyPermitRequest request, ConsumerScope scope, FieldReader fields)
    {
        if (request.Entitlements.Count == 0)
        {
            return scope.Entitlements;
        }

        if (request.Entitlements.Count > MessageBounds.MaxEntitlements)
        {
            fields.Refuse("entitlements", FieldFault.TooManyValues(MessageBounds.MaxEntitlements));
            return [];
        }

        var seen = new HashSet<Entitlement>();
        var entitlements = ImmutableArray.CreateBuilder<Entitlement>();
        for (var i = 0; i < request.Entitlements.Count; i++)
        {
            var entitlement = fields.Code<Entitlement>($"entitlements[{i}]", (int)request.Entitlements[i]);
            if (seen.Add(entitlement))
            {
                entitlements.Add(entitlement);
            }
        }

        return entitlements.DrainToImmutable();
    }

    /// <summary>A document without a number is not looked at.</summary>
    private static IdentityNumber? ReadIdentity(Contract.Subject subject, FieldReader fields)
    {
        if (subject.IdentityNumber.Length == 0)
        {
            return null;
        }

        var document = subject.Document == Contract.IdentityDocument.Unspecified
            ? IdentityDocument.ResidentIdentityCard
            : fields.Code<IdentityDocument>("subject.document", (int)subject.Document);
        return document == default ? null : fields.IdentityNumber("subject.identity_number", subject.IdentityNumber, document);
    }

    /// <summary>What is wrong with it beside a date that is wrong itself is not asked.</summary>
    private static DateOnly? ReadThrough(Date? date, DateOnly? asOf, Day today, FieldReader fields)
    {
        var through = fields.Date("through", date);
        if (asOf is { } first && (through < first || through > today.LatestAsOf))
        {
            fields.Refuse("through", FieldFault.ThroughOutOfRange(through.Value, first, today.LatestAsOf));
        }

        return through;
    }

    private static AuditText ReadReference(string reference, FieldReader fields)
    {
        if (reference.Length == 0)
        {
            return default;
        }

        fields.Id("reference", reference, MaxReference);
        if (!AuditText.TryCreate(reference, out var text) && IdentityNumberText.IsIn(reference))
        {
            fields.Refuse("reference", FieldFault.IdentityInText());
        }

        return text;
    }

    private static int? ReadCardEdition(Contract.VerifyPermitRequest request, FieldReader fields)
    {
        if (!request.HasCardEdition)
        {
            return null;
        }

        if (request.CardEdition < 1)
        {
            fields.Refuse("card_edition", FieldFault.NoCardEdition(request.CardEdition));
        }

        return request.CardEdition;
    }
}
