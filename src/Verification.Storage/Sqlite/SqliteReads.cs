using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>Reads of the registry, each from one snapshot. The clock was read before: what was committed until then is in it.</summary>
internal static class SqliteReads
{
    /// <summary>Where the registry stands.</summary>
    public static RegistryHead Head(SqliteConnection connection, SqliteTransaction? transaction, DateTimeOffset asOf)
    {
        var (registryId, counter) = connection.QuerySingle<(string, long)>(SqliteStatements.ReadHead, transaction: transaction);
        return HeadOf(registryId, counter, asOf);
    }

    /// <summary>The event recorded last; null where there is none.</summary>
    public static LastRecorded? Last(SqliteConnection connection, SqliteTransaction? transaction) =>
        connection.QuerySingleOrDefault<LastRow>(SqliteStatements.ReadLast, transaction: transaction)?.ToLastRecorded();

    /// <summary>One permit.</summary>
    public static PermitLoad Permit(SqliteConnection connection, PermitNumber number, DateTimeOffset asOf)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var head = Head(connection, transaction, asOf);
        using var reader = new HistoryReader(connection, SqliteStatements.LoadEach);
        return new PermitLoad(reader.Load(number), head);
    }

    /// <summary>Many permits.</summary>
    public static RegistrySnapshot Permits(SqliteConnection connection, IReadOnlyCollection<PermitNumber> numbers, DateTimeOffset asOf)
    {
        connection.Execute(SqliteStatements.ConfigureReader);
        using var transaction = connection.BeginTransaction(deferred: true);
        var head = Head(connection, transaction, asOf);
        using var reader = new HistoryReader(connection, SqliteStatements.LoadEach);
        var histories = new Dictionary<PermitNumber, PermitHistory>(numbers.Count);
        foreach (var number in numbers)
        {
            if (!histories.ContainsKey(number) && reader.Load(number) is { } history)
            {
                histories.Add(number, history);
            }
        }

        return new RegistrySnapshot(histories, head);
    }

    /// <summary>Permits in the order of their numbers.</summary>
    public static PermitPage Page(SqliteConnection connection, PermitNumber after, int limit, DateTimeOffset asOf)
    {
        connection.Execute(SqliteStatements.ConfigureReader);
        using var transaction = connection.BeginTransaction(deferred: true);
        var head = Head(connection, transaction, asOf);
        using var reader = new HistoryReader(connection, SqliteStatements.LoadPage);
        return new PermitPage([.. reader.LoadPage(after, limit)], head);
    }

    /// <summary>What changed since a revision.</summary>
    public static RegistryChanges Changes(SqliteConnection connection, long sinceRevision, int limit, DateTimeOffset asOf)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var head = Head(connection, transaction, asOf);
        var mark = connection.QuerySingleOrDefault<MarkRow>(SqliteStatements.ReadMark, new { revision = sinceRevision }, transaction);
        var changes = connection.Query<(long Revision, string Permit)>(
            SqliteStatements.ReadChanges, new { since = sinceRevision, limit }, transaction);
        return new RegistryChanges(
            head,
            mark?.ToMark(),
            [.. changes.Select(change => new RegistryChange(change.Revision, PermitNumber.FromStored(change.Permit)))],
            Last(connection, transaction));
    }

    /// <summary>The last revision of each bucket of permits.</summary>
    public static RegistryStamps Stamps(SqliteConnection connection, DateTimeOffset asOf)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var head = Head(connection, transaction, asOf);
        var stamps = StampReader.Read(connection);
        return new RegistryStamps(head, ImmutableCollectionsMarshal.AsImmutableArray(stamps));
    }

    /// <summary>The rejects of an import after a line, in order.</summary>
    public static ImmutableArray<RejectedLine> Rejects(SqliteConnection connection, string importId, long afterLine, int limit) =>
        [.. connection.Query<StoredReject>(SqliteStatements.ReadRejects, new { importId, afterLine, limit }).Select(row => row.ToRejectedLine())];

    private static RegistryHead HeadOf(string registryId, long counter, DateTimeOffset asOf) =>
        new(Guid.ParseExact(registryId, "N"), counter, asOf);
}
