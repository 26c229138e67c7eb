using System.Collections.Immutable;
using Verification.Audit.Files;
using Verification.Audit.Format;
using Verification.Audit.Keys;
using Verification.Audit.Reading;
using Verification.Audit.Verifying;

namespace Verification.Audit.Writing;

/// <summary>Brings a log to an end from which it can go on, whatever became of the node that wrote it. Under a head nothing is touched.</summary>
internal sealed class Recovery(IAuditFiles files, SigningKey key, KeyRing keys, TimeProvider clock)
{
    /// <summary>Looks at the end of a log, and mends it where no head covers it.</summary>
    /// <exception cref="IOException">The disk fails, or has no room to keep what is cut off.</exception>
    public RecoveredLog Recover(AuditLogFiles log)
    {
        var segments = log.Segments();
        var (from, point) = FindStart(segments);
        var scan = new LogScan(keys, point);
        foreach (var segment in segments[from..])
        {
            scan.Add(segment, File.ReadAllBytes(segment.Path));
        }

        var damage = scan.Chain.Findings.Where(finding => finding.IsTampering && finding.Kind != FindingKind.UnknownKey).ToImmutableArray();
        if (!damage.IsEmpty)
        {
            return new RecoveredLog(point, 0, [], damage);
        }

        var mend = new TailMend(files, key, clock, log, scan.Chain.Point);
        var last = segments[..from].LastOrDefault()?.Ordinal ?? 0;
        foreach (var segment in segments[from..])
        {
            last = segment.IsDeleted || mend.Mend(segment, scan) ? segment.Ordinal : last;
        }

        return new RecoveredLog(mend.Point, last + 1, mend.Cut, []);
    }

    /// <summary>The last segment with content whose predecessor came to its end in order, and where the chain stands there.</summary>
    private static (int From, ChainPoint Point) FindStart(ImmutableArray<AuditSegmentFile> segments)
    {
        for (var from = segments.Length - 1; from > 0; from--)
        {
            if (HasBlocks(segments[from]) && EndOf(segments[from - 1]) is { } point)
            {
                return (from, point);
            }
        }

        return (0, ChainPoint.Beginning);
    }

    private static bool HasBlocks(AuditSegmentFile segment)
    {
        if (segment.IsDeleted)
        {
            return true;
        }

        using var file = File.OpenRead(segment.Path);
        Span<byte> first = stackalloc byte[SegmentHeader.Size + BlockHeader.Size];
        first.Clear();
        file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return first[SegmentHeader.Size..].ContainsAnyExcept((byte)0);
    }

    private static ChainPoint? EndOf(AuditSegmentFile segment)
    {
        Span<byte> bytes = stackalloc byte[Seal.Size];
        using var file = File.OpenRead(segment.Path);
        if (file.Length < Seal.Size)
        {
            return null;
        }

        file.Seek(-Seal.Size, SeekOrigin.End);
        file.ReadExactly(bytes);
        return Seal.Read(bytes) is { } seal && seal.End.HasFlag(BlockEnd.SegmentEnd) && Seal.HasHead(bytes)
            ? new ChainPoint(seal.Sequence + 1, Seal.HashIn(bytes))
            : null;
    }
}
