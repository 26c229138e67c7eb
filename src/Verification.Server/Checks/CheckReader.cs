using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Entitlements;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks;

/// <summary>Reads checks from requests.</summary>
internal static class CheckReader
{
    /// <summary>Reads a check. What is wrong with it is noted in <paramref name="fields"/>; the check is then not to be used.</summary>
    public static Check Read(Contract.VerifyPermitRequest request, in Inquiry inquiry, FieldReader fields) =>
        new(
            fields.PermitNumber("permit_number", request.PermitNumber),
            ReadEntitlements(request, inquiry.Scope, fields),
            ReadSubject(request.Subject, fields),
            ReadAsOf(request, inquiry.Today, fields),
            ReadCardEdition(request, fields));

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

    private static Subject ReadSubject(Contract.Subject? subject, FieldReader fields)
    {
        if (subject is null)
        {
            return Subject.Holder;
        }

        var role = subject.Role == Contract.SubjectRole.Unspecified
            ? SubjectRole.Holder
            : fields.Code<SubjectRole>("subject.role", (int)subject.Role);
        return new Subject(role, fields.IdentityNumber("subject.identity_number", subject.IdentityNumber));
    }

    private static DateOnly ReadAsOf(Contract.VerifyPermitRequest request, Day today, FieldReader fields)
    {
        if (fields.Date("as_of", request.AsOf) is not { } asOf)
        {
            return today.Date;
        }

        if (asOf < AsOfRange.Earliest || asOf > today.LatestAsOf)
        {
            fields.Refuse("as_of", FieldFault.AsOfOutOfRange(asOf, AsOfRange.Earliest, today.LatestAsOf));
        }

        return asOf;
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
