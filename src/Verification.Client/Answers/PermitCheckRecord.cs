using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>
/// What the audit log holds of a call of the caller's own, and its verdict decided once more. What does not belong to the call is null, empty
/// or unspecified.
/// </summary>
public sealed record PermitCheckRecord
{
    /// <summary>Names the call; its answer bore the same.</summary>
    public required string CheckId { get; init; }

    /// <summary>When the question came, by the clock of the node that answered.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>What kind of call it was.</summary>
    public RecordedCall Call { get; init; } = RecordedCall.Check;

    /// <summary>Who asked, by name.</summary>
    public string Consumer { get; init; } = "";

    /// <summary>The class of who asked, which decided what it saw.</summary>
    public ConsumerClass ConsumerClass { get; init; }

    /// <summary>The permit, in canonical form; empty where none was named, or no well-formed number.</summary>
    public string PermitNumber { get; init; } = "";

    /// <summary>The date that was asked about; the day's where the question named none.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The last day on which the permit had to be valid.</summary>
    public DateOnly? Through { get; init; }

    /// <summary>The revision as of which to answer; null where the latest was meant.</summary>
    public long? KnownAtRevision { get; init; }

    /// <summary>The subject's role towards the permit.</summary>
    public SubjectRole Role { get; init; }

    /// <summary>The document whose number was sent; unspecified where none was. The number itself is not kept.</summary>
    public IdentityDocument IdentityDocument { get; init; }

    /// <summary>The edition that the card showed.</summary>
    public int? CardEdition { get; init; }

    /// <summary>The entitlements that were asked for, in order.</summary>
    public IReadOnlyList<Entitlement> Entitlements { get; init; } = [];

    /// <summary>The caller's own case number.</summary>
    public string Reference { get; init; } = "";

    /// <summary>What was told of the permit; null on a refusal, and for calls that tell no standing on a date.</summary>
    public PermitRecordedAnswer? Answer { get; init; }

    /// <summary>What the answer rests on; without its source, which is not recorded.</summary>
    public PermitProvenance? Provenance { get; init; }

    /// <summary>Why there was no answer, one of <see cref="VerificationReasons"/>; null where there was one.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the verdict, decided once more from what the record names, came out the same.</summary>
    public RepetitionOutcome Repetition { get; init; } = RepetitionOutcome.NotRepeatable;

    /// <summary>The verdict as it comes out now, resting on what the record names; null where it cannot be repeated.</summary>
    public PermitVerdict? RepeatedVerdict { get; init; }

    /// <summary>Why the verdict cannot be repeated: NO_VERDICT, REVISION_UNKNOWN or RULEBOOK_UNKNOWN. Null where it was.</summary>
    public string? WhyNotRepeated { get; init; }

    /// <summary>Call, instant and outcome, for a log: no number of a permit.</summary>
    public override string ToString() => FormattableString.Invariant($"{Call} at {Instant:O}: {Repetition} (check {CheckId})");

    internal static PermitCheckRecord From(GetCheckResponse answer)
    {
        var record = answer.Record ?? throw AnswerCheck.Broken("it has no record");
        var repetition = answer.Repetition ?? throw AnswerCheck.Broken("it does not say whether the verdict came out the same");
        var provenance = record.Provenance is null ? null : PermitProvenance.From(record.Provenance);
        return new()
        {
            CheckId = record.CheckId,
            Instant = record.Instant?.ToDateTimeOffset() ?? throw AnswerCheck.Broken("it does not say when"),
            Call = record.Call,
            Consumer = record.Consumer,
            ConsumerClass = record.ConsumerClass,
            PermitNumber = record.PermitNumber,
            AsOf = record.AsOf.ToDate(),
            Through = record.Through.ToDate(),
            KnownAtRevision = record.HasKnownAtRevision ? record.KnownAtRevision : null,
            Role = record.Role,
            IdentityDocument = record.IdentityDocument,
            CardEdition = record.HasCardEdition ? record.CardEdition : null,
            Entitlements = [.. record.Entitlements],
            Reference = record.Reference,
            Answer = PermitRecordedAnswer.From(record.Answer),
            Provenance = provenance,
            Refusal = record.Refusal?.Reason,
            Repetition = repetition.Outcome,
            RepeatedVerdict = repetition.Verdict is { } verdict
                ? PermitVerdict.From(verdict, provenance ?? throw AnswerCheck.Broken("it does not say what it rests on"))
                : null,
            WhyNotRepeated = repetition.Reason is { Length: > 0 } reason ? reason : null,
        };
    }
}
