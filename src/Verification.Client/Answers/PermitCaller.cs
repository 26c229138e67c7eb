using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>Whom the service takes the caller for, and what that may do.</summary>
public sealed record PermitCaller
{
    /// <summary>The caller's name, as records of its calls have it.</summary>
    public required string Consumer { get; init; }

    /// <summary>Its class, which decides what it may see.</summary>
    public ConsumerClass ConsumerClass { get; init; }

    /// <summary>What it may do, in the order of the enum; none where it may read rulebooks alone.</summary>
    public IReadOnlyList<ConsumerRole> Roles { get; init; } = [];

    /// <summary>What it may see under today's rulebook, in the order of the enum.</summary>
    public IReadOnlyList<Entitlement> Entitlements { get; init; } = [];

    /// <summary>Whether it must bring the subject's identity number with every check.</summary>
    public bool MustIdentify { get; init; }

    /// <summary>When the credential that it used will no longer be taken; null where it has no end.</summary>
    public DateTimeOffset? CredentialExpiresAt { get; init; }

    /// <summary>How much it may do on each node, and what is left on the one that answered.</summary>
    public PermitLimits Limits { get; init; } = new();

    internal static PermitCaller From(GetCallerResponse answer) => new()
    {
        Consumer = answer.Consumer is { Length: > 0 } name ? name : throw AnswerCheck.Broken("it names no caller"),
        ConsumerClass = answer.ConsumerClass,
        Roles = [.. answer.Roles],
        Entitlements = [.. answer.Entitlements],
        MustIdentify = answer.MustIdentify,
        CredentialExpiresAt = answer.CredentialExpiresAt?.ToDateTimeOffset(),
        Limits = PermitLimits.From(answer.Limits ?? throw AnswerCheck.Broken("it tells no limits")),
    };
}
