using System.Collections.Immutable;
using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Verifying;

/// <summary>
/// Reads the segments of a log that a node may be writing. Heads come in the chain's order; so bytes must not be older than the head behind
/// them that covers them, or what was just being written would look like what lost its head.
/// </summary>
public static class SegmentReads
{
    /// <summary>The bytes of each segment in order, one at a time, but for those that have not come to their end.</summary>
    /// <param name="segments">The segments of one log, in order.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<(AuditSegmentFile Segment, byte[] Bytes)> InOrder(ImmutableArray<AuditSegmentFile> segments)
    {
        // The newest first, up to one that has come to its end.
        var open = new Stack<byte[]>();
        for (var i = segments.Length - 1; i >= 0 && (open.Count == 0 || !HasEnded(open.Peek())); i--)
        {
            open.Push(ReadAgain(segments[i].Path));
        }

        var closed = segments.Length - open.Count;
        for (var i = 0; i < segments.Length; i++)
        {
            yield return (segments[i], i < closed ? File.ReadAllBytes(segments[i].Path) : open.Pop());
        }
    }

    private static bool HasEnded(byte[] bytes) =>
        bytes.Length >= Seal.Size && Seal.Read(bytes.AsSpan(bytes.Length - Seal.Size)) is { } seal && seal.End.HasFlag(BlockEnd.SegmentEnd);

    /// <summary>Reads what the last head covers once more: it was final before that head came.</summary>
    private static byte[] ReadAgain(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var covered = bytes.AsSpan(0, Math.Max(0, bytes.AsSpan().LastIndexOf(Seal.HeadMarker)));
        if (!HasEnded(bytes))
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            for (var at = 0; at < covered.Length;)
            {
                var read = RandomAccess.Read(file, covered[at..], at);
                at = read > 0 ? at + read : throw new IOException($"'{path}' became shorter while it was read.");
            }
        }

        return bytes;
    }
}
