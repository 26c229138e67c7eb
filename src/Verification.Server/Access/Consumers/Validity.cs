namespace Verification.Server.Access.Consumers;

/// <summary>When a credential holds.</summary>
/// <param name="NotBefore">The first instant.</param>
/// <param name="Expires">The first instant after it.</param>
/// <param name="IsRevoked">Whether it was taken back, at any time.</param>
internal readonly record struct Validity(DateTimeOffset NotBefore, DateTimeOffset Expires, bool IsRevoked = false)
{
    /// <summary>At any time.</summary>
    public static Validity Always { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Why it does not hold at an instant; null when it does.</summary>
    public CredentialFault? FaultAt(DateTimeOffset now) =>
        IsRevoked ? CredentialFault.Revoked
        : now < NotBefore ? CredentialFault.NotYetValid
        : now >= Expires ? CredentialFault.Expired
        : null;

    /// <summary>The time for which both hold.</summary>
    public Validity And(Validity other) => new(
        NotBefore > other.NotBefore ? NotBefore : other.NotBefore,
        Expires < other.Expires ? Expires : other.Expires,
        IsRevoked || other.IsRevoked);
}
