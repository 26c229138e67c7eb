using Verification.Audit.Records;
using Verification.Core.Permits;

namespace Verification.Audit.Storing;

/// <summary>Which records are looked for: those that fit all that is given. A consumer or a reference alone needs an interval with it.</summary>
public sealed record AuditQuery
{
    /// <summary>The identifier of an answer: exactly this one.</summary>
    public CheckId? CheckId { get; init; }

    /// <summary>The permit.</summary>
    public PermitNumber? Permit { get; init; }

    /// <summary>The consumer's name.</summary>
    public string? Consumer { get; init; }

    /// <summary>The caller's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The first instant that counts.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant that counts no more.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The search goes on behind this place; null from the beginning.</summary>
    public RecordPlace? After { get; init; }
}
