using Microsoft.Extensions.Time.Testing;
using Verification.Audit.Files;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Verifying;
using Verification.Audit.Writing;

namespace Verification.Audit.Tests.Support;

/// <summary>An audit folder of its own, with a key and a clock, deleted in the end.</summary>
internal sealed class LogFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("audit-").FullName;

    private readonly bool _ownsKey;

    /// <param name="root">Where the folder is to be; one of its own where none is named.</param>
    /// <param name="key">The key; one of its own where none is named.</param>
    public LogFolder(string? root = null, SigningKey? key = null)
    {
        Path = System.IO.Path.Combine(root ?? _root, "audit");
        _ownsKey = key is null;
        Key = key ?? SigningKey.Create();
    }

    public string Path { get; }

    public SigningKey Key { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 4, 30, 15, 59, 58, TimeSpan.Zero));

    public KeyRing Keys => new([Key.PublicKey]);

    /// <summary>Small segments and blocks, so that a test crosses many of their ends.</summary>
    public AuditLogOptions Options => new()
    {
        Folder = Path,
        Host = "node-1",
        SegmentBytes = 64 << 10,
        BlockBytes = 4 << 10,
        MaxUnflushedBytes = 32 << 20,
    };

    public AuditLogFiles Log => AuditFolder.Logs(Path)[^1];

    public AuditLog Open(AuditLogOptions? options = null, IAuditFiles? files = null, TimeProvider? clock = null, SigningKey? key = null) =>
        AuditLog.Open(options ?? Options, key ?? Key, [Key.PublicKey], files ?? new AuditFiles(), clock ?? Clock);

    /// <summary>Appends records, and leaves the log the time to make its next segments, which are small here.</summary>
    public static async Task AppendAsync(AuditLog log, IEnumerable<AuditRecord> records)
    {
        foreach (var (at, record) in records.Index())
        {
            log.Append(Drafts.Of(record));
            if (at % 100 == 0)
            {
                await log.FlushAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Appends a record, and completes when its answer may leave.</summary>
    public static Task KeepAsync(AuditLog log, AuditRecord record)
    {
        log.Append(Drafts.Of(record));
        return log.KeepAsync(TestContext.Current.CancellationToken).AsTask();
    }

    public LogVerification Verify() => new AuditVerifier(Keys).Verify(Log);

    /// <summary>Every block under a head, in order.</summary>
    public IEnumerable<AuditBlock> Blocks() => Log.Segments().SelectMany(segment => segment.Blocks());

    public void Dispose()
    {
        if (_ownsKey)
        {
            Key.Dispose();
        }

        Directory.Delete(_root, recursive: true);
    }
}
