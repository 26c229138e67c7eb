namespace Verification.Server.Configuration;

/// <summary>The configuration section <c>Verification:Identity</c>.</summary>
internal sealed class IdentityOptions
{
    /// <summary>The secret key of the identity digests, in Base64. There is no default: who knows it can search the digests.</summary>
    public string? DigestKey { get; set; }
}
