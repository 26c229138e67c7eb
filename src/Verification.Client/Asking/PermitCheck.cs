using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>What to ask about one permit.</summary>
/// <param name="PermitNumber">
/// The permit's number, as it is printed or typed: 6 to 24 characters <c>0-9A-Z</c>, full-width or lower-case ones, spaces and hyphens allowed.
/// </param>
public sealed record PermitCheck(string PermitNumber)
{
    /// <summary>What to decide. Default: everything that the caller may see.</summary>
    public IReadOnlyList<Entitlement> Entitlements { get; init; } = [];

    /// <summary>Who wants to benefit. Default: the holder, with no identity number to compare.</summary>
    public PermitSubject? Subject { get; init; }

    /// <summary>The date, in Beijing, that the answer is for: from 2000-01-01 to five years ahead. Default: today there.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>
    /// The last day, both included, on which the permit must be valid, up to five years ahead; <see cref="PermitVerdict.Throughout"/> then says
    /// whether it is on every day until then. Default: none.
    /// </summary>
    public DateOnly? Through { get; init; }

    /// <summary>The edition that the card shows, from 1. Default: none.</summary>
    public int? CardEdition { get; init; }

    /// <summary>The caller's own case number for the audit record: 1 to 64 visible ASCII characters, no identity number. Default: none.</summary>
    public string? Reference { get; init; }

    /// <summary>How fresh the answer must be. Default: at most 5 seconds old. Not in <see cref="IPermitVerification.VerifyManyAsync"/>.</summary>
    public PermitFreshness? Freshness { get; init; }

    /// <summary>
    /// The registry's revision to answer as of, exactly and repeatably. Default: the latest. Not in
    /// <see cref="IPermitVerification.VerifyManyAsync"/>.
    /// </summary>
    public long? KnownAtRevision { get; init; }

    /// <summary>
    /// The rulebook to answer under, which needs the role <c>audit</c>. Default: today's. Not in
    /// <see cref="IPermitVerification.VerifyManyAsync"/>.
    /// </summary>
    public string? RulebookVersion { get; init; }

    /// <summary>Whether a wrong answer of the caller's counts against it: repeating such a check may cost a second guess.</summary>
    internal bool IsGuess => CardEdition is not null || Subject?.IdentityNumber is { Length: > 0 };

    /// <summary>The type's name alone: what a person typed for a number may be an identity number, and gets into no text.</summary>
    public override string ToString() => nameof(PermitCheck);

    internal VerifyPermitRequest ToMessage()
    {
        var message = new VerifyPermitRequest
        {
            PermitNumber = PermitNumber,
            Subject = Subject?.ToMessage(),
            AsOf = AsOf?.ToMessage(),
            Through = Through?.ToMessage(),
            Reference = Reference ?? "",
            Freshness = Freshness?.ToMessage(),
            RulebookVersion = RulebookVersion ?? "",
        };
        message.Entitlements.AddRange(Entitlements);
        if (CardEdition is { } edition)
            message.CardEdition = edition;
        if (KnownAtRevision is { } revision)
            message.KnownAtRevision = revision;
        return message;
    }
}
