using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>What was told of a permit on a date, as the audit log holds it: as in a <see cref="PermitVerdict"/>.</summary>
public sealed record PermitRecordedAnswer
{
    /// <summary>The permit's standing.</summary>
    public required PermitStatus Status { get; init; }

    /// <summary>Why, in the order of the enum.</summary>
    public IReadOnlyList<StatusReason> Reasons { get; init; } = [];

    /// <summary>Whether the identity number sent was on the permit.</summary>
    public SubjectMatch SubjectMatch { get; init; } = SubjectMatch.NotChecked;

    /// <summary>Whether the card shown was the current one.</summary>
    public CardMatch CardMatch { get; init; } = CardMatch.NotChecked;

    /// <summary>What was decided, in the order of the answer.</summary>
    public IReadOnlyList<PermitDecision> Decisions { get; init; } = [];

    /// <summary>Whether the permit was valid on every day to the last one asked about; null where none was.</summary>
    public PermitThroughout? Throughout { get; init; }

    internal static PermitRecordedAnswer? From(RecordedAnswer? message) => message is null ? null : new()
    {
        Status = message.Status,
        Reasons = [.. message.Reasons],
        SubjectMatch = message.SubjectMatch,
        CardMatch = message.CardMatch,
        Decisions = PermitDecision.From(message.Entitlements),
        Throughout = PermitThroughout.From(message.Throughout),
    };
}
