using System.Collections.Frozen;

namespace Verification.Audit.Keys;

/// <summary>The public keys that heads may be signed with, by their ids.</summary>
/// <param name="keys">The keys; one that is named twice counts once.</param>
public sealed class KeyRing(IEnumerable<VerifyingKey> keys)
{
    private readonly FrozenDictionary<KeyId, VerifyingKey> _keys =
        keys.DistinctBy(key => key.Id).ToFrozenDictionary(key => key.Id);

    /// <summary>The key of an id; null where it is not known.</summary>
    public VerifyingKey? Find(KeyId id) => _keys.GetValueOrDefault(id);
}
