using Verification.Core.Lookup;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Audit.Records;

/// <summary>A record on its way into the log. It lives on the stack and points at what the answer was made of: nothing is allocated.</summary>
public readonly ref struct AuditDraft
{
    /// <inheritdoc cref="AuditRecord.CheckId"/>
    public required CheckId CheckId { get; init; }

    /// <inheritdoc cref="AuditRecord.Instant"/>
    public required DateTimeOffset Instant { get; init; }

    /// <inheritdoc cref="AuditRecord.Call"/>
    public required AuditCall Call { get; init; }

    /// <inheritdoc cref="AuditRecord.Consumer"/>
    public AuditConsumer? Consumer { get; init; }

    /// <inheritdoc cref="AuditRecord.Number"/>
    public PermitNumber? Number { get; init; }

    /// <inheritdoc cref="AuditRecord.AsOf"/>
    public DateOnly? AsOf { get; init; }

    /// <inheritdoc cref="AuditRecord.Through"/>
    public DateOnly? Through { get; init; }

    /// <inheritdoc cref="AuditRecord.KnownAt"/>
    public long? KnownAt { get; init; }

    /// <inheritdoc cref="AuditRecord.Role"/>
    public SubjectRole? Role { get; init; }

    /// <inheritdoc cref="AuditRecord.CardEdition"/>
    public int? CardEdition { get; init; }

    /// <inheritdoc cref="AuditRecord.Entitlements"/>
    public ReadOnlySpan<Entitlement> Entitlements { get; init; }

    /// <inheritdoc cref="AuditRecord.Identity"/>
    public AuditIdentity? Identity { get; init; }

    /// <inheritdoc cref="AuditRecord.Answer"/>
    public AuditAnswer? Answer { get; init; }

    /// <inheritdoc cref="AuditRecord.Decisions"/>
    public ReadOnlySpan<EntitlementDecision> Decisions { get; init; }

    /// <inheritdoc cref="AuditRecord.Provenance"/>
    public AuditProvenance? Provenance { get; init; }

    /// <summary>Which tier knew the answer: counted, and not recorded, as it says nothing of the answer.</summary>
    public LookupSource? Source { get; init; }

    /// <inheritdoc cref="AuditRecord.Refusal"/>
    public AuditRefusal? Refusal { get; init; }

    /// <inheritdoc cref="AuditRecord.Reference"/>
    public AuditText Reference { get; init; }

    /// <inheritdoc cref="AuditRecord.Note"/>
    public AuditText Note { get; init; }
}
