using Verification.Audit.Reading;
using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Audit.Tests.Support;

namespace Verification.Audit.Tests.Storing;

/// <summary>What tests of the audit database do with logs.</summary>
internal static class CopiedLogs
{
    /// <summary>A log of these records that has come to its end, in small segments and blocks.</summary>
    public static async Task<LogFolder> WriteAsync(IEnumerable<AuditRecord> records)
    {
        var folder = new LogFolder();
        await using var log = folder.Open();
        await LogFolder.AppendAsync(log, records);
        return folder;
    }

    /// <summary>Copies what the database does not hold of a folder's newest log, a few blocks at a time.</summary>
    public static async Task CopyAsync(this AuditDatabase database, LogFolder folder, bool tidies = true)
    {
        var end = await database.ReadEndAsync(folder.Log.LogId, TestContext.Current.CancellationToken);
        foreach (var blocks in folder.Blocks().Where(block => block.Sequence > (end?.Block ?? 0)).Chunk(7))
        {
            Assert.True(await database.AppendAsync(folder.Log.LogId, end, blocks, TestContext.Current.CancellationToken));
            end = await database.ReadEndAsync(folder.Log.LogId, TestContext.Current.CancellationToken);
            Assert.Equal(EndOf(blocks[^1]), end);
            if (tidies)
            {
                await database.TidyAsync(folder.Log.LogId, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Everything that a log holds, in order.</summary>
    public static IEnumerable<StoredRecord> Records(this LogFolder folder, int log) =>
        from block in folder.Blocks()
        from record in block.Records().Select((found, at) => (found.Record, At: at))
        select new StoredRecord(new RecordPlace(log, block.Sequence, record.At), block.LogId, record.Record);

    /// <summary>What a search finds.</summary>
    public static async Task<List<StoredRecord>> FindAllAsync(this AuditDatabase database, AuditQuery query)
    {
        var found = new List<StoredRecord>();
        await foreach (var record in database.FindAsync(query, TestContext.Current.CancellationToken))
        {
            found.Add(record);
        }

        return found;
    }

    public static CopiedEnd EndOf(AuditBlock block) => new(block.Sequence, block.Hash, block.Segment, block.End);

    /// <summary>A record in a form that can be compared.</summary>
    public static string TextOf(StoredRecord stored) => $"{stored.Place} {stored.LogId} {RecordJson.TextOf(stored.Record)}";
}
