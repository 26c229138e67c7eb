using System.Buffers.Text;
using System.Text.Json;

namespace Verification.Server.Access;

/// <summary>
/// What a signed token must be before its signature is looked at. The token library finds tokens valid that say of themselves that they
/// are something else: these are refused here.
/// </summary>
/// <remarks>
/// RFC 7515 §4.1.11: a header's <c>crit</c> names what must be understood, and nothing is understood here. RFC 7519 §5.2 and RFC 7797:
/// a payload that is another token, compressed, encrypted or not encoded is none of ours. RFC 8725 §3.11: a token made for another
/// purpose says so in its <c>typ</c>. Two members of one name mean different things to different readers.
/// </remarks>
internal static class TokenForm
{
    private static readonly string[] Foreign = ["crit", "b64", "zip", "enc", "cty"];
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether a text is a signed token of a kind that may let somebody in.</summary>
    public static bool IsAcceptable(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return false;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), Strict);
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), Strict);
            return header.RootElement.ValueKind == JsonValueKind.Object
                && claims.RootElement.ValueKind == JsonValueKind.Object
                && !Foreign.Any(name => header.RootElement.TryGetProperty(name, out _))
                && (!header.RootElement.TryGetProperty("typ", out var type) || IsKnown(type));
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return false;
        }
    }

    private static bool IsKnown(JsonElement type) =>
        type.ValueKind == JsonValueKind.String && Types.Contains(type.GetString(), StringComparer.OrdinalIgnoreCase);
}
