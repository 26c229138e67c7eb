using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Verification.Server.Access.Consumers;

namespace Verification.Server.Access;

/// <summary>What the schemes and policies decided about one authorization header on one connection.</summary>
/// <param name="header">The header; empty where the connection's certificate was the credential.</param>
/// <param name="user">Who was let in.</param>
/// <param name="forgetAt">When to ask the schemes again whatever happens: an issuer may take back a key, an authority a certificate.</param>
internal sealed class RememberedDecision(string header, ClaimsPrincipal user, DateTimeOffset forgetAt)
{
    private readonly ConcurrentDictionary<Endpoint, bool> _allowed = new();

    /// <summary>Who was let in.</summary>
    public ClaimsPrincipal User => user;

    /// <summary>Whether the schemes must be asked again.</summary>
    public bool IsOver(DateTimeOffset now) => now >= forgetAt;

    /// <summary>Whether it is about this header. Compared in constant time.</summary>
    public bool IsAbout(string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(header.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));

    /// <summary>Whether it still holds, also for an endpoint: revocation and expiry bite at once.</summary>
    public bool Allows(Endpoint endpoint, ConsumerSet current, DateTimeOffset now) =>
        !IsOver(now)
        && ((ConsumerIdentity)user.Identity!).Asker.Decision.Holds(current, now)
        && _allowed.ContainsKey(endpoint);

    /// <summary>Adds an endpoint that the policies allowed. There are as many as the server has, so their number is bounded.</summary>
    public void Allow(Endpoint endpoint) => _allowed.TryAdd(endpoint, true);
}
