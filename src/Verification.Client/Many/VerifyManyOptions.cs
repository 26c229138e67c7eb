namespace Verification.Client;

/// <summary>What holds for all checks of one call of <see cref="IPermitVerification.VerifyManyAsync"/>.</summary>
public sealed record VerifyManyOptions
{
    /// <summary>How fresh the answers must be. Default: at most 5 seconds old.</summary>
    public PermitFreshness? Freshness { get; init; }

    /// <summary>The registry's revision to answer all as of. Default: the latest.</summary>
    public long? KnownAtRevision { get; init; }

    /// <summary>The rulebook to answer all under, which needs the role <c>audit</c>. Default: today's.</summary>
    public string? RulebookVersion { get; init; }

    /// <summary>
    /// Whether all answers rest on one revision of the registry, one rulebook and, for checks that name no date, one day: those of the first
    /// answer. So nobody is told something that somebody else in the same round was not. Default: false.
    /// </summary>
    public bool OneRound { get; init; }
}
