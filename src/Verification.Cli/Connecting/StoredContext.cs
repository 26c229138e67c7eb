using System.Text.Json.Serialization;

namespace Verification.Cli.Connecting;

/// <summary>A context as its file keeps it: a name for where a service is and what names the user to it.</summary>
internal sealed record StoredContext
{
    [JsonPropertyName("address")]
    public required string Address { get; init; }

    [JsonPropertyName("api_key")]
    public string? ApiKey { get; init; }

    [JsonPropertyName("token_file")]
    public string? TokenFile { get; init; }

    [JsonPropertyName("ca")]
    public string? AuthorityFile { get; init; }

    [JsonPropertyName("cert")]
    public string? CertificateFile { get; init; }

    [JsonPropertyName("key")]
    public string? KeyFile { get; init; }

    /// <summary>What names the user, in a word that is no secret.</summary>
    [JsonIgnore]
    public string Credential => ApiKey is not null ? "api key" : TokenFile is not null ? "token file" : CertificateFile is not null ? "certificate" : "none";

    // A record's text form would show the key.
    public override string ToString() => $"{Address} ({Credential})";
}
