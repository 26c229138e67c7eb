using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Permits.Verification.V1;

namespace Verification.Client.Tests;

/// <summary>Answers as the service gives them.</summary>
internal static class Answers
{
    public static readonly Date Today = new() { Year = 2026, Month = 11, Day = 30 };

    /// <summary>The answer to a check: valid, and everything that it asks for conferred.</summary>
    public static VerifyPermitResponse To(VerifyPermitRequest check, long revision = 7) => new()
    {
        Verdict = new Verdict
        {
            PermitNumber = check.PermitNumber,
            Kind = PermitKind.WorkResidencePermit,
            Status = PermitStatus.Valid,
            AsOf = check.AsOf ?? Today,
            SubjectMatch = SubjectMatch.NotChecked,
            CardMatch = CardMatch.NotChecked,
            Throughout = check.Through is { } through ? new Throughout { Through = through, Valid = true } : null,
            Entitlements =
            {
                check.Entitlements.Distinct().Select(
                    entitlement => new EntitlementDecision { Entitlement = entitlement, Decision = Decision.Conferred, Basis = Basis.CitizenTreatment }),
            },
        },
        Provenance = new Provenance
        {
            CheckId = "01a2283a035e732ba5d3f52c162d2af9",
            Revision = revision,
            DataAsOf = Timestamp.FromDateTimeOffset(new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero)),
            RulebookVersion = "2026.2",
        },
    };

    /// <summary>The answer to a batch.</summary>
    public static StreamVerifyPermitsResponse To(BatchVerifyPermitsRequest batch) => new()
    {
        Response = new BatchVerifyPermitsResponse
        {
            Items = { batch.Checks.Select(check => new BatchItem { Response = To(check, batch.HasKnownAtRevision ? batch.KnownAtRevision : 7) }) },
        },
    };

    /// <summary>Numbers that are well formed and all different.</summary>
    public static string NumberOf(long index) => FormattableString.Invariant($"BJ2024D{index:00000}");

    /// <summary>Checks of them.</summary>
    public static IEnumerable<PermitCheck> Checks(int count) => Enumerable.Range(0, count).Select(index => new PermitCheck(NumberOf(index)));
}
