using System.Collections.Immutable;
using Verification.Audit.Format;
using Verification.Audit.Keys;
using Verification.Audit.Reading;

namespace Verification.Audit.Verifying;

/// <summary>Verifies the logs in a folder, by their files and the public keys alone.</summary>
/// <param name="keys">The keys that heads may be signed with.</param>
public sealed class AuditVerifier(KeyRing keys)
{
    /// <summary>Verifies every log in a folder.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public ImmutableArray<LogVerification> Verify(string folder, CancellationToken cancellationToken = default) =>
        [.. AuditFolder.Logs(folder).Select(log => Verify(log, cancellationToken))];

    /// <summary>Verifies one log, also while a node writes it. Holds one segment at a time in memory, beside those that have not come to their end.</summary>
    /// <inheritdoc cref="Verify(string, CancellationToken)" path="/exception"/>
    public LogVerification Verify(AuditLogFiles log, CancellationToken cancellationToken = default)
    {
        var scan = new LogScan(keys, ChainPoint.Beginning);
        foreach (var (segment, bytes) in SegmentReads.InOrder(log.Segments()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            scan.Add(segment, bytes);
        }

        return new LogVerification(
            log,
            scan.Chain.Blocks,
            scan.Chain.Records,
            scan.Last,
            scan.Last?.EndOf.HasFlag(BlockEnd.Closed) == true && scan.Tail.Count == 0,
            [.. scan.Chain.Findings, .. scan.Tail.Select(block => block.AsTail()), .. log.TornTails().Select(KeptIn)]);
    }

    private static AuditFinding KeptIn(string path) =>
        new(FindingKind.TornTailKept, path, 0, null, 0, $"{new FileInfo(path).Length} bytes were cut off at a start and are kept here");
}
