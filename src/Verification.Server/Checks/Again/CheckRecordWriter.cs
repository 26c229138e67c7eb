using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Verification.Audit.Records;
using Verification.Core.Rules.Codes;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.Again;

/// <summary>Writes records of the audit log as the contract has them. What a record does not hold is left out.</summary>
internal static class CheckRecordWriter
{
    /// <summary>The entitlements that a record tells decisions on, in order.</summary>
    public static ImmutableArray<Entitlement> DecidedOn(this AuditRecord record) =>
        [.. record.Decisions.Select(decision => decision.Entitlement)];

    /// <summary>A record.</summary>
    public static Contract.CheckRecord Write(AuditRecord record)
    {
        var written = new Contract.CheckRecord
        {
            CheckId = record.CheckId.ToString(),
            Instant = Timestamp.FromDateTimeOffset(record.Instant),
            Call = (Contract.RecordedCall)record.Call,
            Consumer = record.Consumer?.Name ?? string.Empty,
            ConsumerClass = (Contract.ConsumerClass)(record.Consumer?.Class ?? default),
            PermitNumber = record.Number?.ToString() ?? string.Empty,
            AsOf = record.AsOf?.ToDate(),
            Through = record.Through?.ToDate(),
            Role = (Contract.SubjectRole)(record.Role ?? default),
            IdentityDocument = (Contract.IdentityDocument)(record.Identity?.Document ?? default),
            Reference = record.Reference.ToString(),
            Answer = record.Answer is { } answer ? Write(answer, record) : null,
            Provenance = record.Provenance is { } provenance ? Write(provenance, record.CheckId) : null,
            Refusal = record.Refusal is { } refusal ? new() { Reason = refusal.Reason, Count = refusal.Count } : null,
            Note = record.Note.ToString(),
        };
        if (record.KnownAt is { } knownAt)
        {
            written.KnownAtRevision = knownAt;
        }

        if (record.CardEdition is { } edition)
        {
            written.CardEdition = edition;
        }

        written.Entitlements.AddRange(record.Entitlements.Select(entitlement => (Contract.Entitlement)entitlement));
        return written;
    }

    /// <summary>Whether the permit was valid throughout, as it was told; null where that was not asked.</summary>
    public static Contract.Throughout? WriteThroughout(AuditRecord record) =>
        record is { Answer: { } answer, Through: { } through }
            ? new Contract.Throughout
            {
                Through = through.ToDate(),
                Valid = answer.FirstNotValid is null,
                FirstNotValidOn = answer.FirstNotValid?.On.ToDate(),
                Status = (Contract.PermitStatus)(answer.FirstNotValid?.Status ?? default),
            }
            : null;

    private static Contract.RecordedAnswer Write(in AuditAnswer answer, AuditRecord record)
    {
        var written = new Contract.RecordedAnswer
        {
            Status = (Contract.PermitStatus)answer.Standing.Status,
            SubjectMatch = (Contract.SubjectMatch)answer.SubjectMatch,
            CardMatch = (Contract.CardMatch)answer.CardMatch,
            Throughout = WriteThroughout(record),
        };
        written.Reasons.AddReasons(answer.Standing.Reasons);
        written.Entitlements.AddRange(record.Decisions.Select(decision => new Contract.EntitlementDecision
        {
            Entitlement = (Contract.Entitlement)decision.Entitlement,
            Decision = (Contract.Decision)decision.Decision,
            Basis = (Contract.Basis)decision.Basis,
        }));
        return written;
    }

    private static Contract.Provenance Write(in AuditProvenance provenance, CheckId id) => new()
    {
        CheckId = id.ToString(),
        Revision = provenance.Revision,
        DataAsOf = Timestamp.FromDateTimeOffset(provenance.DataAsOf),
        RulebookVersion = provenance.RulebookVersion,
    };
}
