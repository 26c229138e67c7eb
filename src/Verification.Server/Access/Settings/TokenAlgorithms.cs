using Microsoft.IdentityModel.Tokens;

namespace Verification.Server.Access.Settings;

/// <summary>Signature algorithms of tokens.</summary>
internal static class TokenAlgorithms
{
    /// <summary>Those whose keys the issuer alone has; ones with a shared key would let this server sign tokens too.</summary>
    public static IEnumerable<string> Allowed =>
        from family in (string[])["RS", "PS", "ES"]
        from size in (string[])["256", "384", "512"]
        select family + size;

    /// <summary>Those that are taken where none is named.</summary>
    public static string[] Default { get; } =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
}
