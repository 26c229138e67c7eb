using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>What is true of a permit on a date.</summary>
public sealed record PermitVerdict
{
    /// <summary>The number in canonical form.</summary>
    public required string PermitNumber { get; init; }

    /// <summary>What kind of permit it is; unspecified for an unknown permit only.</summary>
    public PermitKind Kind { get; init; }

    /// <summary>The permit's standing on the date.</summary>
    public required PermitStatus Status { get; init; }

    /// <summary>Why, in the order of the enum.</summary>
    public IReadOnlyList<StatusReason> Reasons { get; init; } = [];

    /// <summary>The date, in Beijing, that the verdict is for.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The first date of the run of dates with this status and these reasons; null before the issue date and for an unknown permit.</summary>
    public DateOnly? StatusSince { get; init; }

    /// <summary>The first later date on which status or reasons change if no further event comes; null when they never do.</summary>
    public DateOnly? StatusUntil { get; init; }

    /// <summary>The issue date; null before it and for an unknown permit.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>The first date after the present term or endorsement; null before the issue date and for an unknown permit.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>
    /// Of a valid permit, the first later date on which it is not valid if no further event comes; null when that never happens, and for a permit
    /// that is not valid.
    /// </summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>Whether the permit is valid on every day to the last one asked about; null where none was.</summary>
    public PermitThroughout? Throughout { get; init; }

    /// <summary>Whether the identity number sent is on the permit.</summary>
    public SubjectMatch SubjectMatch { get; init; } = SubjectMatch.NotChecked;

    /// <summary>Whether the card shown is the current one.</summary>
    public CardMatch CardMatch { get; init; } = CardMatch.NotChecked;

    /// <summary>What was decided: in the order asked for, or of the enum when nothing was named.</summary>
    public IReadOnlyList<PermitDecision> Decisions { get; init; } = [];

    /// <summary>What the answer rests on, for the caller's records.</summary>
    public PermitProvenance Provenance { get; init; } = new();

    /// <summary>Whether the permit is valid on the date. Of the days until <see cref="PermitCheck.Through"/> see <see cref="Throughout"/>.</summary>
    public bool IsValid => Status == PermitStatus.Valid;

    /// <summary>Whether the registry knows the permit.</summary>
    public bool IsKnown => Status != PermitStatus.NotFound;

    /// <summary>
    /// Whether the permit gives the entitlement, with no further condition. Where <see cref="PermitCheck.Through"/> was asked, only if it is valid
    /// throughout; where an identity number was sent, only if it is on the permit.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was not decided: it was not asked for, or the caller may not see it. That is no "no".</exception>
    public bool Allows(Entitlement entitlement) => DecisionOn(entitlement).Decision == Decision.Conferred;

    /// <summary>What was decided on an entitlement, and what the decision rests on.</summary>
    /// <exception cref="InvalidOperationException">It was not decided: it was not asked for, or the caller may not see it.</exception>
    public PermitDecision DecisionOn(Entitlement entitlement)
    {
        foreach (var decision in Decisions)
        {
            if (decision.Entitlement == entitlement)
                return decision;
        }
        throw new InvalidOperationException($"{entitlement} was not decided: it was not asked for, or lies outside of what the caller may see.");
    }

    /// <summary>Status, date and check, for a log: no number of a permit or a person.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Status} on {AsOf:yyyy-MM-dd} (check {Provenance.CheckId})");

    internal static PermitVerdict From(VerifyPermitResponse answer) =>
        From(answer.Verdict ?? throw AnswerCheck.Broken("it has no verdict"), PermitProvenance.From(answer.Provenance));

    internal static PermitVerdict From(Verdict verdict, PermitProvenance provenance) => new()
    {
        PermitNumber = verdict.PermitNumber,
        Kind = verdict.Kind,
        Status = verdict.Status != PermitStatus.Unspecified ? verdict.Status : throw AnswerCheck.Broken("it has no status"),
        Reasons = [.. verdict.Reasons],
        AsOf = verdict.AsOf.ToDate() ?? throw AnswerCheck.Broken("it has no date"),
        StatusSince = verdict.StatusSince.ToDate(),
        StatusUntil = verdict.StatusUntil.ToDate(),
        IssuedOn = verdict.IssuedOn.ToDate(),
        ExpiresOn = verdict.ExpiresOn.ToDate(),
        ValidUntil = verdict.ValidUntil.ToDate(),
        Throughout = PermitThroughout.From(verdict.Throughout),
        SubjectMatch = verdict.SubjectMatch,
        CardMatch = verdict.CardMatch,
        Decisions = PermitDecision.From(verdict.Entitlements),
        Provenance = provenance,
    };
}
