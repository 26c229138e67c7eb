using Google.Protobuf.WellKnownTypes;
using Verification.Audit.Records;
using Verification.Server.Checks.Again;
using Verification.Server.Messages;
using Contract = Permits.Audit.V1;
using Verdicts = Permits.Verification.V1;

namespace Verification.Server.AuditReading;

/// <summary>
/// What a permit's holder may know of a record. Left out is what would give away another person: the subject with all that was found of
/// them, the basis of a decision, which may rest on that, and the asker's reference.
/// </summary>
internal static class Disclosures
{
    /// <summary>Whether a record is of a call that told something of the permit. Reading the audit log tells the authority alone.</summary>
    public static bool IsOne(AuditRecord record) =>
        record is { Consumer: not null, Refusal: null, Call: >= AuditCall.Check and <= AuditCall.CheckRead };

    /// <summary>A disclosure.</summary>
    public static Contract.Disclosure Write(AuditRecord record)
    {
        var disclosure = new Contract.Disclosure
        {
            Instant = Timestamp.FromDateTimeOffset(record.Instant),
            Consumer = record.Consumer!.Value.Name,
            ConsumerClass = (Verdicts.ConsumerClass)record.Consumer.Value.Class,
            Call = (Verdicts.RecordedCall)record.Call,
            AsOf = record.AsOf?.ToDate(),
            Status = (Verdicts.PermitStatus)(record.Answer?.Standing.Status ?? default),
            Throughout = CheckRecordWriter.WriteThroughout(record),
        };
        disclosure.Reasons.AddReasons(record.Answer?.Standing.Reasons ?? default);
        disclosure.Decisions.AddRange(record.Decisions.Select(decision => new Contract.DisclosedDecision
        {
            Entitlement = (Verdicts.Entitlement)decision.Entitlement,
            Decision = (Verdicts.Decision)decision.Decision,
        }));
        return disclosure;
    }
}
