using System.Text.RegularExpressions;
using Verification.Core.Permits;
using Verification.Core.Rules.Codes;
using Verification.Server.Access.Consumers;
using Verification.Server.Configuration;
using Verification.Server.Limits;

namespace Verification.Server.Access.Settings;

/// <summary>Reads one consumer's settings.</summary>
/// <param name="settings">Takes what is wrong.</param>
internal sealed partial class ConsumerReader(SettingsReader settings)
{
    /// <summary>Reads a consumer; not to be used where a problem was noted.</summary>
    public ConsumerDraft Read(IConfigurationSection section)
    {
        settings.RefuseOthers(section, "Class", "Roles", "Keys", "Certificates", "Tokens", "Limits");
        if (!Name().IsMatch(section.Key))
        {
            settings.Refuse(section, "has no good name: 1 to 64 lower-case letters, digits and hyphens, a letter first.");
        }

        var draft = new ConsumerDraft(
            section.Key,
            ReadClass(section),
            ReadRoles(section.GetSection("Roles")),
            LimitsReader.Read(section.GetSection("Limits"), settings),
            [.. section.GetSection("Keys").GetChildren().Select(ReadKey)],
            [.. section.GetSection("Certificates").GetChildren().Select(ReadCertificate)],
            [.. section.GetSection("Tokens").GetChildren().Select(ReadToken)]);
        if (draft.Roles.HasFlag(ConsumerRoles.Register) && draft.Class != ConsumerClass.IssuingAuthority)
        {
            settings.Refuse(section.GetSection("Roles"), "may have register only for class issuing_authority.");
        }

        if (draft.Keys.IsEmpty && draft.Certificates.IsEmpty && draft.Tokens.IsEmpty)
        {
            settings.Refuse(section, "has no credential: add Keys, Certificates or Tokens.");
        }

        return draft;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[0-9a-fA-F]{64}\z")]
    private static partial Regex Digest();

    private ConsumerClass ReadClass(IConfigurationSection section)
    {
        var text = settings.Required(section, "Class");
        if (text.Length > 0 && CodeNames.TryParseWord(text, out ConsumerClass value))
        {
            return value;
        }

        if (text.Length > 0)
        {
            settings.Refuse(section.GetSection("Class"), $"must be one of {string.Join(", ", CodeNames.Words<ConsumerClass>())}.");
        }

        return ConsumerClass.School;
    }

    private ConsumerRoles ReadRoles(IConfigurationSection section)
    {
        var roles = ConsumerRoles.None;
        foreach (var entry in section.GetChildren())
        {
            if (CodeNames.TryParseWord(entry.Value, out ConsumerRoles role))
            {
                roles |= role;
            }
            else
            {
                settings.Refuse(entry, $"must be one of {string.Join(", ", CodeNames.Words<ConsumerRoles>())}.");
            }
        }

        if (roles == ConsumerRoles.None)
        {
            settings.Refuse(section, "must name at least one role.");
        }

        return roles;
    }

    private (ApiKey Key, Validity Validity) ReadKey(IConfigurationSection section)
    {
        settings.RefuseOthers(section, "Sha256", "NotBefore", "Expires", "Revoked");
        var text = settings.Required(section, "Sha256");
        var key = ApiKey.FromDigest(text);
        if (text.Length > 0 && key is null)
        {
            settings.Refuse(section.GetSection("Sha256"), "must be a SHA-256 digest: 64 hexadecimal digits.");
        }

        return (key!, ReadValidity(section));
    }

    private (CertificatePin Pin, Validity Validity) ReadCertificate(IConfigurationSection section)
    {
        settings.RefuseOthers(section, "San", "SpkiSha256", "NotBefore", "Expires", "Revoked");
        var name = section["San"];
        var digest = section["SpkiSha256"];
        if (string.IsNullOrWhiteSpace(name) == string.IsNullOrWhiteSpace(digest))
        {
            settings.Refuse(section, "must have either San or SpkiSha256.");
        }
        else if (digest is not null && !Digest().IsMatch(digest))
        {
            settings.Refuse(section.GetSection("SpkiSha256"), "must be a SHA-256 digest: 64 hexadecimal digits.");
        }
        else if (name?.Contains('*', StringComparison.Ordinal) == true)
        {
            settings.Refuse(section.GetSection("San"), "must be a whole DNS name, without a wildcard.");
        }

        var pin = string.IsNullOrWhiteSpace(digest)
            ? new CertificatePin(CertificatePinKind.SubjectAlternativeName, (name ?? string.Empty).ToLowerInvariant())
            : new CertificatePin(CertificatePinKind.PublicKey, digest.ToLowerInvariant());
        return (pin, ReadValidity(section));
    }

    private (string Subject, Validity Validity) ReadToken(IConfigurationSection section)
    {
        settings.RefuseOthers(section, "Subject", "NotBefore", "Expires", "Revoked");
        return (settings.Required(section, "Subject"), ReadValidity(section));
    }

    private Validity ReadValidity(IConfigurationSection section)
    {
        var validity = new Validity(
            settings.Instant(section, "NotBefore", DateTimeOffset.MinValue),
            settings.Instant(section, "Expires", DateTimeOffset.MaxValue),
            settings.Flag(section, "Revoked", otherwise: false));
        if (validity.Expires <= validity.NotBefore)
        {
            settings.Refuse(section.GetSection("Expires"), "must lie after NotBefore.");
        }

        return validity;
    }
}
