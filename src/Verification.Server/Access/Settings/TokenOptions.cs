namespace Verification.Server.Access.Settings;

/// <summary>The configuration section <c>Verification:Tokens</c>.</summary>
internal sealed class TokenOptions
{
    /// <summary>The issuer's URL, as its tokens name it; its keys are found from there. Absent: no tokens are taken.</summary>
    public string? Issuer { get; set; }

    /// <summary>The audience that a token must name.</summary>
    public string? Audience { get; set; }

    /// <summary>The signature algorithms allowed; asymmetric ones only. RS256, PS256 and ES256 where none is named.</summary>
    public string[] Algorithms { get; set; } = [];

    /// <summary>The claim that names the consumer; <c>sub</c> by default.</summary>
    public string SubjectClaim { get; set; } = "sub";
}
