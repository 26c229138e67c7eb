namespace Verification.Storage.Records;

/// <summary>A registry belongs to the first key that its identity digests were made with.</summary>
internal static class DigestKeyClaim
{
    /// <summary>Refuses a key that is not the registry's.</summary>
    /// <param name="registry">Names the registry to a person; holds no secret.</param>
    /// <param name="claimed">The id of the registry's key.</param>
    /// <param name="configured">The id of the configured key.</param>
    /// <exception cref="InvalidOperationException">They are two keys.</exception>
    public static void Check(string registry, long claimed, uint configured)
    {
        if (claimed != configured)
        {
            throw new InvalidOperationException(
                $"The identity digests in {registry} were made with key {claimed:x8}; the configured key is {configured:x8}. "
                + "With another key nobody would be recognised: configure the key that the registry was made with.");
        }
    }
}
