using System.Collections.Immutable;
using Verification.Audit.Keys;
using Verification.Server.Configuration;

namespace Verification.Server.Auditing;

/// <summary>The keys of the audit log, read from their files.</summary>
internal sealed class AuditKeys : IDisposable
{
    private AuditKeys(SigningKey signing, ImmutableArray<VerifyingKey> former) => (Signing, Former) = (signing, former);

    /// <summary>What heads are signed with; the log's alone.</summary>
    public SigningKey Signing { get; }

    /// <summary>What they were signed with before.</summary>
    public ImmutableArray<VerifyingKey> Former { get; }

    /// <summary>What heads of this node may be signed with.</summary>
    public KeyRing Ring => new([Signing.PublicKey, .. Former]);

    /// <summary>Reads them.</summary>
    /// <exception cref="StartRefusedException">A file cannot be read, or holds no such key.</exception>
    public static AuditKeys Read(AuditOptions options) => new(
        Read(nameof(AuditOptions.SigningKeyFile), options.SigningKeyFile!, SigningKey.Read),
        [.. options.FormerKeyFiles.Select((path, i) => Read($"{nameof(AuditOptions.FormerKeyFiles)}:{i}", path, VerifyingKey.Read))]);

    /// <summary>Reads them, and makes the first where its file is not there yet: the demo's.</summary>
    /// <inheritdoc cref="Read(AuditOptions)" path="/exception"/>
    public static AuditKeys ReadOrMake(AuditOptions options)
    {
        var path = Path.GetFullPath(options.SigningKeyFile!);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var made = SigningKey.Create();
            made.Write(path);
        }

        return Read(options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Signing.Dispose();
        foreach (var key in Former)
        {
            key.Dispose();
        }
    }

    private static TKey Read<TKey>(string setting, string path, Func<string, TKey> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{AuditOptions.Section}:{setting} cannot be read: {cause.Message}", cause);
        }
    }
}
