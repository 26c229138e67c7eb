using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Verification.Cli.Shell;
using Verification.Client;

namespace Verification.Cli.Connecting;

/// <summary>Where the service is, and what names the user to it.</summary>
/// <remarks>A class and not a record: its text form must not show the key.</remarks>
internal sealed class Connection
{
    /// <summary>The gRPC address.</summary>
    public Uri Address { get; init; } = new PermitVerificationOptions().Address;

    /// <summary>An API key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A file with a token, which somebody else keeps fresh.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A PEM file with the authorities that the service's certificate may be of; null means those of the machine.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>A PEM file with the user's own certificate.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with its private key; null where that is in the same file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The context that it is of; empty where it is of none.</summary>
    public string Context { get; init; } = "";

    /// <summary>The options of a client.</summary>
    /// <param name="deadline">How long a call may take.</param>
    /// <exception cref="UsageException">A file cannot be read, or is not what it should be.</exception>
    public PermitVerificationOptions ToOptions(TimeSpan? deadline)
    {
        if (ApiKey is not null && TokenFile is not null)
            throw new UsageException(Say("--api-key and --token-file exclude each other", "--api-key 与 --token-file 不能同时使用"));
        if (KeyFile is not null && CertificateFile is null)
            throw new UsageException(Say("--key needs --cert", "--key 需要同时给出 --cert"));
        if (Address.Scheme != Uri.UriSchemeHttps && (CertificateFile ?? AuthorityFile) is not null)
            throw new UsageException(Say("--ca and --cert need an address that begins with https://", "--ca 和 --cert 需要以 https:// 开头的地址"));
        // Read once here, so that what is wrong with a file is told by the option that names it.
        if (TokenFile is not null)
            ReadToken(TokenFile);
        if (AuthorityFile is not null)
            Read("--ca", AuthorityFile, ReadAuthorities);
        if (CertificateFile is not null)
            Read("--cert", CertificateFile, ReadCertificate).Dispose();
        return new PermitVerificationOptions
        {
            Address = Address,
            ApiKey = ApiKey,
            CredentialFile = TokenFile,
            AuthorityFile = AuthorityFile,
            CertificateFile = CertificateFile,
            CertificateKeyFile = KeyFile,
            AcceptLanguage = Say("en", "zh-CN"),
            Deadline = deadline,
        };
    }

    private static string ReadToken(string file) => Read("--token-file", file, path =>
        File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : throw new InvalidDataException());

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new InvalidDataException();
    }

    private X509Certificate2 ReadCertificate(string file) => X509Certificate2.CreateFromPemFile(file, KeyFile ?? file);

    private static T Read<T>(string option, string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException or InvalidDataException)
        {
            // What the file holds is a secret; the message of the cause may repeat of it.
            throw new UsageException(Say($"{option} names a file that is not what it should be: {file}", $"{option} 指定的文件内容不符合要求：{file}"));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(Say($"{option} names a file that cannot be read: {file}", $"{option} 指定的文件无法读取：{file}"));
        }
    }
}
