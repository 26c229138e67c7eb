namespace Verification.Caching.Redis;

/// <summary>Bytes by key, in a place that may be slow, gone or wrong. Throws nothing and takes a bounded time.</summary>
internal interface IByteCache
{
    /// <summary>The values of keys, in their order; null where there is none or it could not be had.</summary>
    ValueTask<byte[]?[]> GetAsync(IReadOnlyList<string> keys);

    /// <summary>Writes a value some time, or not at all. Does not wait.</summary>
    void Set(string key, byte[] value);
}
