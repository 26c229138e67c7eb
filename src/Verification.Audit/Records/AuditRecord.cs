using System.Collections.Immutable;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;

namespace Verification.Audit.Records;

/// <summary>
/// What was asked and what was told, as it is read back: all that is needed to ask again and to compare. What does not belong to a call
/// is null or empty. <see cref="AuditDraft"/> is the same on its way in.
/// </summary>
public sealed record AuditRecord
{
    /// <summary>The identifier that the answer bears.</summary>
    public required CheckId CheckId { get; init; }

    /// <summary>When the message came, by the node's clock; kept to the microsecond.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>What it is of.</summary>
    public required AuditCall Call { get; init; }

    /// <summary>Who asked; null for the log's own records and where nobody could be told.</summary>
    public AuditConsumer? Consumer { get; init; }

    /// <summary>The permit; null where none was named, or no well-formed number.</summary>
    public PermitNumber? Number { get; init; }

    /// <summary>The date asked about.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The last day on which the permit must be valid.</summary>
    public DateOnly? Through { get; init; }

    /// <summary>The revision as of which to answer; null where the latest was meant.</summary>
    public long? KnownAt { get; init; }

    /// <summary>The subject's role towards the permit.</summary>
    public SubjectRole? Role { get; init; }

    /// <summary>The edition that the card shows, from 1.</summary>
    public int? CardEdition { get; init; }

    /// <summary>The entitlements asked for, in order.</summary>
    public ImmutableArray<Entitlement> Entitlements { get; init; } = [];

    /// <summary>The identity number sent, digested.</summary>
    public AuditIdentity? Identity { get; init; }

    /// <summary>What was told of the permit; null on a refusal, and for calls that tell no standing on a date.</summary>
    public AuditAnswer? Answer { get; init; }

    /// <summary>The decisions told, in order.</summary>
    public ImmutableArray<EntitlementDecision> Decisions { get; init; } = [];

    /// <summary>What the answer rests on.</summary>
    public AuditProvenance? Provenance { get; init; }

    /// <summary>Why there was no answer; null where there was one.</summary>
    public AuditRefusal? Refusal { get; init; }

    /// <summary>The caller's own reference.</summary>
    public AuditText Reference { get; init; }

    /// <summary>What the other fields have no room for: the host, what was searched for, which segment was deleted.</summary>
    public AuditText Note { get; init; }
}
