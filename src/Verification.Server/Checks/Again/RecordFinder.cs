using System.Buffers.Binary;
using Grpc.Core;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Server.Errors;

namespace Verification.Server.Checks.Again;

/// <summary>Finds the record of one check, whichever node answered it.</summary>
internal sealed class RecordFinder(IAuditRecords records, TimeProvider timeProvider)
{
    // Records are copied behind the answers. Within this time "not found" may mean "not yet".
    private static readonly TimeSpan TimeToCopy = TimeSpan.FromSeconds(10);

    /// <summary>The record of a check.</summary>
    /// <param name="id">The check.</param>
    /// <param name="mayBeShown">Whether a record may be shown; of one that may not it is not told that it is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">NOT_FOUND, or UNAVAILABLE where it may come yet.</exception>
    /// <exception cref="AuditDatabaseException">The database cannot be reached.</exception>
    public async Task<StoredRecord> FindAsync(CheckId id, Func<AuditRecord, bool> mayBeShown, CancellationToken cancellationToken)
    {
        await foreach (var found in records.FindAsync(new AuditQuery { CheckId = id }, cancellationToken))
        {
            if (mayBeShown(found.Record))
            {
                return found;
            }
        }

        throw MayComeYet(id) ? RpcErrors.AuditBehind() : RpcErrors.CheckUnknown();
    }

    /// <summary>By the time that a UUIDv7 begins with: milliseconds since 1970 in 48 bits. One that a clock ahead of this node's made is young too.</summary>
    private bool MayComeYet(CheckId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Message.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16 > (timeProvider.GetUtcNow() - TimeToCopy).ToUnixTimeMilliseconds();
    }
}
