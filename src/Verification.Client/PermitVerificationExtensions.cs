namespace Verification.Client;

/// <summary>Short forms of what <see cref="IPermitVerification"/> does.</summary>
public static class PermitVerificationExtensions
{
    /// <summary>Is the permit valid today, and what does it entitle its holder to?</summary>
    /// <inheritdoc cref="IPermitVerification.VerifyAsync"/>
    public static Task<PermitVerdict> VerifyAsync(
        this IPermitVerification permits, string permitNumber, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(permits);
        return permits.VerifyAsync(new PermitCheck(permitNumber), cancellationToken);
    }

    /// <summary>Asks about the permits of a list.</summary>
    /// <inheritdoc cref="IPermitVerification.VerifyManyAsync"/>
    public static IAsyncEnumerable<PermitOutcome> VerifyManyAsync(
        this IPermitVerification permits, IEnumerable<PermitCheck> checks, VerifyManyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(permits);
        ArgumentNullException.ThrowIfNull(checks);
        return permits.VerifyManyAsync(ToAsync(checks), options, cancellationToken);
    }

    /// <summary>Asks about the permits with these numbers.</summary>
    /// <inheritdoc cref="IPermitVerification.VerifyManyAsync"/>
    public static IAsyncEnumerable<PermitOutcome> VerifyManyAsync(
        this IPermitVerification permits, IEnumerable<string> permitNumbers, VerifyManyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(permitNumbers);
        return permits.VerifyManyAsync(permitNumbers.Select(number => new PermitCheck(number)), options, cancellationToken);
    }

    /// <summary>How did the permit's standing change, and how will it change if no further event comes?</summary>
    /// <inheritdoc cref="IPermitVerification.GetTimelineAsync"/>
    public static Task<PermitTimeline> GetTimelineAsync(
        this IPermitVerification permits, string permitNumber, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(permits);
        return permits.GetTimelineAsync(new PermitTimelineQuery(permitNumber), cancellationToken);
    }

    // No await inside: a list is at hand.
#pragma warning disable CS1998
    private static async IAsyncEnumerable<PermitCheck> ToAsync(IEnumerable<PermitCheck> checks)
    {
        foreach (var check in checks)
            yield return check;
    }
#pragma warning restore CS1998
}
