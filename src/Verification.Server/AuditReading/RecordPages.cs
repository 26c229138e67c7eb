using Verification.Audit.Records;
using Verification.Audit.Storing;
using Verification.Server.Messages;

namespace Verification.Server.AuditReading;

/// <summary>Reads what a search finds, page by page.</summary>
internal sealed class RecordPages(IAuditRecords records)
{
    private const int UsualSize = 100;
    private const int MostSize = 1_000;

    /// <summary>Reads the size of a page: the usual one where none is asked for, the largest where more is.</summary>
    public static int ReadSize(int asked, FieldReader fields)
    {
        if (asked < 0)
        {
            fields.Refuse("page_size", FieldFault.NoPageSize());
        }

        return asked == 0 ? UsualSize : Math.Min(asked, MostSize);
    }

    /// <summary>A page.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="after">The page begins behind this place; null for the first.</param>
    /// <param name="size">At most so many records.</param>
    /// <param name="counts">Which of those found are told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The records, and the token of the next page; empty where there is none.</returns>
    /// <exception cref="AuditDatabaseException">The database cannot be reached.</exception>
    public async Task<(IReadOnlyList<StoredRecord> Records, string NextToken)> ReadAsync(
        Search search, RecordPlace? after, int size, Func<AuditRecord, bool> counts, CancellationToken cancellationToken)
    {
        var page = new List<StoredRecord>();
        await foreach (var found in records.FindAsync(search.Query with { After = after }, cancellationToken))
        {
            if (!counts(found.Record))
            {
                continue;
            }

            if (page.Count == size)
            {
                return (page, PageToken.Write(search, page[^1].Place));
            }

            page.Add(found);
        }

        return (page, string.Empty);
    }
}
