using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Verification.Server.Access.Consumers;

/// <summary>All consumers and their credentials at one time. Immutable: a decision made from one set holds only while it is current.</summary>
internal sealed class ConsumerSet
{
    private readonly FrozenDictionary<ulong, ImmutableArray<ConsumerGrant<ApiKey>>> _keys;
    private readonly FrozenDictionary<CertificatePin, ConsumerGrant<CertificatePin>> _certificates;
    private readonly FrozenDictionary<string, ConsumerGrant<string>> _tokens;

    /// <summary>A set of these consumers and what lets them in; each credential is there once.</summary>
    public ConsumerSet(
        IEnumerable<Consumer> consumers,
        IEnumerable<ConsumerGrant<ApiKey>> keys,
        IEnumerable<ConsumerGrant<CertificatePin>> certificates,
        IEnumerable<ConsumerGrant<string>> tokens)
    {
        Consumers = [.. consumers];
        _keys = keys.GroupBy(grant => grant.Credential.Prefix).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _certificates = certificates.ToFrozenDictionary(grant => grant.Credential);
        _tokens = tokens.ToFrozenDictionary(grant => grant.Credential, StringComparer.Ordinal);
    }

    /// <summary>Nobody.</summary>
    public static ConsumerSet Empty { get; } = new([], [], [], []);

    /// <summary>The consumers.</summary>
    public ImmutableArray<Consumer> Consumers { get; }

    /// <summary>Who has an API key.</summary>
    public bool TryFind(ApiKey key, [NotNullWhen(true)] out ConsumerGrant<ApiKey>? grant)
    {
        // The prefix of a digest tells nothing about the key; the digests themselves are compared in constant time.
        grant = _keys.TryGetValue(key.Prefix, out var candidates)
            ? candidates.FirstOrDefault(candidate => candidate.Credential.Equals(key))
            : null;
        return grant is not null;
    }

    /// <summary>Who has a certificate.</summary>
    public bool TryFind(CertificatePin pin, [NotNullWhen(true)] out ConsumerGrant<CertificatePin>? grant) =>
        _certificates.TryGetValue(pin, out grant);

    /// <summary>Who has the tokens of a subject.</summary>
    public bool TryFind(string subject, [NotNullWhen(true)] out ConsumerGrant<string>? grant) =>
        _tokens.TryGetValue(subject, out grant);
}
