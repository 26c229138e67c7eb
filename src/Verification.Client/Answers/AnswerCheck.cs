using Grpc.Core;

namespace Verification.Client;

/// <summary>
/// Whether an answer is for the question that was asked. A crossed, broken or made-up one must not become a verdict, whoever made it: a
/// proxy, a cache, another service at the address.
/// </summary>
internal static class AnswerCheck
{
    /// <exception cref="PermitVerificationException">It is for another.</exception>
    public static void ThrowIfForAnother(PermitCheck asked, PermitVerdict told)
    {
        ThrowIfOtherNumber(asked.PermitNumber, told.PermitNumber);
        if (asked.AsOf is { } date && told.AsOf != date)
            throw Broken("it is for another date");
        if (asked.Through != told.Throughout?.Through)
            throw Broken("it is for another last day");
        if (asked.Entitlements.Count > 0
            && !asked.Entitlements.Distinct().SequenceEqual(told.Decisions.Select(decision => decision.Entitlement)))
            throw Broken("it decides other entitlements");
        if (told.Decisions.Count > 0 && told.Throughout is { IsValid: false } && told.Decisions.Any(decision => decision.Decision != Permits.Verification.V1.Decision.NotConferred))
            throw Broken("it confers what is not valid throughout");
        ThrowIfOtherBasis(asked.Freshness, asked.KnownAtRevision, asked.RulebookVersion, told.Provenance);
    }

    /// <inheritdoc cref="ThrowIfForAnother(PermitCheck, PermitVerdict)"/>
    public static void ThrowIfForAnother(PermitTimelineQuery asked, PermitTimeline told)
    {
        ThrowIfOtherNumber(asked.PermitNumber, told.PermitNumber);
        for (var next = 1; next < told.Standings.Count; next++)
        {
            if (told.Standings[next].From is not { } from || told.Standings[next - 1].Until != from)
                throw Broken("its standings have gaps");
        }
        ThrowIfOtherBasis(asked.Freshness, asked.KnownAtRevision, asked.RulebookVersion, told.Provenance);
    }

    /// <inheritdoc cref="ThrowIfForAnother(PermitCheck, PermitVerdict)"/>
    public static void ThrowIfForAnother(string askedCheckId, PermitCheckRecord told)
    {
        if (!string.Equals(askedCheckId, told.CheckId, StringComparison.OrdinalIgnoreCase))
            throw Broken("it is of another check");
    }

    /// <inheritdoc cref="ThrowIfForAnother(PermitCheck, PermitVerdict)"/>
    public static void ThrowIfForAnother(string? askedVersion, Permits.Verification.V1.Rulebook told)
    {
        if (told.Version.Length == 0 || (askedVersion is { Length: > 0 } && askedVersion != told.Version))
            throw Broken("it is another rulebook");
    }

    /// <summary>What to say of an answer that is none.</summary>
    public static PermitVerificationException Broken(string what) => new(new VerificationFault
    {
        StatusCode = StatusCode.DataLoss,
        Message = $"What came is no answer to what was asked: {what}.",
        Reason = VerificationReasons.AnswerMismatch,
        Domain = VerificationFault.ClientDomain,
    });

    private static void ThrowIfOtherNumber(string asked, string told)
    {
        if (CanonicalNumber.Of(asked) is { } canonical && canonical != told)
            throw Broken("it is for another number");
    }

    private static void ThrowIfOtherBasis(PermitFreshness? freshness, long? revision, string? rulebook, PermitProvenance told)
    {
        if (revision is { } asked && told.Revision != asked)
            throw Broken("it is as of another revision");
        if (freshness?.Revision is { } atLeast && told.Revision < atLeast)
            throw Broken("it is as of an earlier revision");
        if (rulebook is { Length: > 0 } && told.RulebookVersion != rulebook)
            throw Broken("it was made under another rulebook");
    }
}
