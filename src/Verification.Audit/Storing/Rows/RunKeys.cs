using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Storing.Rows;

/// <summary>What the records of a run are found by: between which instants they are, and of which permits.</summary>
/// <param name="From">The first of the instants of its records, and of those in their identifiers; above <paramref name="Until"/> where it has none.</param>
/// <param name="Until">The last of them.</param>
/// <param name="Permits">The hashes of its permits, in order, each once.</param>
internal sealed record RunKeys(long From, long Until, List<uint> Permits)
{
    /// <summary>Of blocks.</summary>
    /// <exception cref="InvalidDataException">A record is not of the format that this version knows.</exception>
    public static RunKeys Of(IReadOnlyList<AuditBlock> blocks)
    {
        var (from, until) = (long.MaxValue, long.MinValue);
        var permits = new List<uint>(blocks.Sum(block => block.RecordCount));
        foreach (var block in blocks)
        {
            var key = default(RecordKey);
            var extent = block.Extent;
            for (var at = extent.HeaderStart + BlockHeader.Size; at < extent.FramesEnd;)
            {
                var body = Frame.BodyIn(block.Bytes.Span[at..]);
                at += body.Length + Frame.Overhead;
                if (EntryEncoder.IsEntry(body))
                {
                    continue;
                }

                key = RecordKey.Read(body, extent.Header, key);
                var named = key.MessageMilliseconds * AuditTime.MicrosecondsPerMillisecond;
                from = Math.Min(from, Math.Min(key.Instant, named));
                until = Math.Max(until, Math.Max(key.Instant, named + AuditTime.MicrosecondsPerMillisecond - 1));
                if (key.Permit is { } permit)
                {
                    permits.Add(PermitHash.Of(permit));
                }
            }
        }

        return new RunKeys(from, until, InOrder(permits));
    }

    /// <summary>Sorts hashes, and leaves each of them once.</summary>
    private static List<uint> InOrder(List<uint> hashes)
    {
        hashes.Sort();
        var kept = 0;
        for (var at = 0; at < hashes.Count; at++)
        {
            if (kept == 0 || hashes[at] != hashes[kept - 1])
            {
                hashes[kept++] = hashes[at];
            }
        }

        hashes.RemoveRange(kept, hashes.Count - kept);
        return hashes;
    }
}
