namespace Verification.Server.Hosting.Settings;

/// <summary>A certificate of the server, from a file or from the machine's store.</summary>
internal sealed class ServerCertificateSettings
{
    /// <summary>The file, PEM or PKCS #12.</summary>
    public string? Path { get; set; }

    /// <summary>The file of its key, where it is PEM.</summary>
    public string? KeyPath { get; set; }

    /// <summary>What the key is locked with. A secret.</summary>
    public string? Password { get; set; }

    /// <summary>The subject in the store.</summary>
    public string? Subject { get; set; }

    /// <summary>The store.</summary>
    public string? Store { get; set; }

    /// <summary>The store's location.</summary>
    public string? Location { get; set; }

    /// <summary>Whether one of the store that is not valid may be taken.</summary>
    public bool? AllowInvalid { get; set; }
}
