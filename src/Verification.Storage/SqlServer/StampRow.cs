using System.Runtime.InteropServices;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>
/// A bucket and the last revision that touched it, with the head on every row; no bucket on the one row of an empty registry.
/// </summary>
internal sealed class StampRow
{
    public Guid RegistryId { get; init; }

    public long Counter { get; init; }

    public DateTime AsOf { get; init; }

    public int? Bucket { get; init; }

    public long Revision { get; init; }

    /// <summary>What the rows say together.</summary>
    public static RegistryStamps ToStamps(List<StampRow> rows)
    {
        var stamps = new long[RegistryStamps.BucketCount];
        foreach (var row in rows)
        {
            if (row.Bucket is { } bucket)
            {
                stamps[bucket] = row.Revision;
            }
        }

        return new RegistryStamps(
            new RegistryHead(rows[0].RegistryId, rows[0].Counter, EventRow.Instant(rows[0].AsOf)),
            ImmutableCollectionsMarshal.AsImmutableArray(stamps));
    }
}
