using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Verifying;

namespace Verification.Server.Tests.Support;

/// <summary>Where a server under test keeps its audit log, and the key that it signs with.</summary>
internal sealed class AuditHome : IDisposable
{
    private readonly string _root = TestServer.NewFolder();

    public AuditHome()
    {
        using var key = SigningKey.Create();
        key.Write(KeyFile);
    }

    public string Folder => Path.Combine(_root, "audit");

    public string KeyFile => Path.Combine(_root, "audit-key.pem");

    /// <summary>
    /// The settings of a server: small segments, as tests have hundreds of them; files that stay however far a test moves the clock; and no wait at
    /// the end, for which a clock that stands still would be waited for ever.
    /// </summary>
    public IEnumerable<string> Arguments =>
    [
        $"--Verification:Audit:Folder={Folder}",
        $"--Verification:Audit:SigningKeyFile={KeyFile}",
        "--Verification:Audit:SegmentBytes=1048576",
        "--Verification:Audit:KeepFiles=3650d",
        "--Verification:Audit:StopWait=0s",
    ];

    public AuditLogFiles Log => AuditFolder.Logs(Folder)[^1];

    /// <summary>Every record under a head, in order: all of them, once the server has stopped.</summary>
    public AuditRecord[] Records() =>
        [.. Log.Segments().SelectMany(segment => segment.Blocks()).SelectMany(block => block.Records()).Select(found => found.Record)];

    public LogVerification Verify()
    {
        using var key = VerifyingKey.Read(KeyFile);
        return new AuditVerifier(new KeyRing([key])).Verify(Log);
    }

    /// <summary>What a killed server would have left: the same key, and the files as they are now.</summary>
    public AuditHome Copy()
    {
        var copy = new AuditHome();
        File.Copy(KeyFile, copy.KeyFile, overwrite: true);
        foreach (var path in Directory.EnumerateFiles(Log.Path))
        {
            var target = Path.Combine(copy.Folder, Path.GetRelativePath(Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
