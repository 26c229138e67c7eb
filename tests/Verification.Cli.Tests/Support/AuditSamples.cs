using Google.Protobuf.WellKnownTypes;
using Permits.Audit.V1;
using Permits.Verification.V1;

namespace Verification.Cli.Tests.Support;

/// <summary>Records of the audit log as the service shows them.</summary>
internal static class AuditSamples
{
    public const string CheckId = "019cf1c0a0f87abc8def0123456789ab";
    public const string LogId = "8c6976e5b5410415bde908bd4dee15df";

    /// <summary>A check with all that one can have.</summary>
    public static AuditRecord Check(string checkId = CheckId, string reference = "C-2026/118") => new()
    {
        LogId = LogId,
        Block = 7,
        Index = 3,
        IdentityDigest = "00112233445566778899aabbccddeeff",
        Record = new CheckRecord
        {
            CheckId = checkId,
            Instant = new Timestamp { Seconds = 1777825800 },
            Call = RecordedCall.Check,
            Consumer = "housing-chaoyang",
            ConsumerClass = ConsumerClass.HousingRegistry,
            PermitNumber = "BJ2024000017",
            AsOf = Samples.Day(2026, 5, 4),
            Through = Samples.Day(2026, 6, 4),
            Role = SubjectRole.Spouse,
            IdentityDocument = IdentityDocument.Passport,
            CardEdition = 2,
            Entitlements = { Entitlement.HomePurchase },
            Reference = reference,
            Answer = new RecordedAnswer
            {
                Status = PermitStatus.Frozen,
                Reasons = { StatusReason.InspectionMissed },
                SubjectMatch = SubjectMatch.Matched,
                CardMatch = CardMatch.Superseded,
                Entitlements =
                {
                    new EntitlementDecision { Entitlement = Entitlement.HomePurchase, Decision = Decision.NotConferred, Basis = Basis.PermitStatus },
                },
                Throughout = new Throughout { Through = Samples.Day(2026, 6, 4), FirstNotValidOn = Samples.Day(2026, 5, 4), Status = PermitStatus.Frozen },
            },
            Provenance = new Provenance
            {
                CheckId = checkId,
                Revision = 5312,
                DataAsOf = new Timestamp { Seconds = 1777825799, Nanos = 250_000_000 },
                RulebookVersion = "2026.1",
            },
        },
    };

    /// <summary>Refusals that came too fast for a record each.</summary>
    public static AuditRecord Refusals() => new()
    {
        LogId = LogId,
        Block = 7,
        Index = 4,
        Record = new CheckRecord
        {
            CheckId = "019cf1c0a0f97abc8def0123456789ab",
            Instant = new Timestamp { Seconds = 1777825801 },
            Call = RecordedCall.Check,
            Consumer = "vehicle",
            ConsumerClass = ConsumerClass.VehicleLottery,
            Refusal = new RecordedRefusal { Reason = "RATE_EXCEEDED", Count = 1_200 },
        },
    };

    /// <summary>All that the service has, in messages of so many.</summary>
    public static IEnumerable<StreamRecordsResponse> Stream(int size, params AuditRecord[] records) =>
        records.Chunk(size).Select(part => new StreamRecordsResponse { Records = { part }, NextPageToken = "next" });
}
