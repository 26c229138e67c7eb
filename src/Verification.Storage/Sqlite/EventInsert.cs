using Microsoft.Data.Sqlite;
using SQLitePCL;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>
/// Inserts events with one prepared statement. It speaks to SQLite itself: an import inserts millions, and the provider looks up every
/// parameter by its name and makes a reader for each of them.
/// </summary>
internal sealed class EventInsert : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int _permit;
    private readonly int _sequence;
    private readonly int _revision;
    private readonly int _bucket;
    private readonly int _type;
    private readonly int _effectiveOn;
    private readonly int _payload;

    /// <summary>Events to insert in a transaction; it commits or not without regard to this.</summary>
    public EventInsert(SqliteTransaction transaction, DateTimeOffset recordedAt, string recordedBy, string? requestId)
    {
        _connection = transaction.Connection!.Handle!;
        Check(raw.sqlite3_prepare_v2(_connection, SqliteStatements.InsertEvent, out _statement));
        _permit = IndexOf("@permit");
        _sequence = IndexOf("@sequence");
        _revision = IndexOf("@revision");
        _bucket = IndexOf("@bucket");
        _type = IndexOf("@type");
        _effectiveOn = IndexOf("@effectiveOn");
        _payload = IndexOf("@payload");

        // What is bound stays bound from one insert to the next.
        Bind(IndexOf("@recordedAt"), StoredTime.ToMicroseconds(recordedAt));
        Bind(IndexOf("@recordedBy"), recordedBy);
        Bind(IndexOf("@requestId"), requestId);
    }

    /// <summary>Inserts an event.</summary>
    /// <exception cref="SqliteException">It was not inserted.</exception>
    public void Execute(PermitStatement statement, int sequence, long revision)
    {
        Bind(_permit, statement.Permit.ToString());
        Bind(_sequence, sequence);
        Bind(_revision, revision);
        Bind(_bucket, (long)statement.Permit.Bucket);
        Bind(_type, statement.Event.Name);
        Bind(_effectiveOn, CivilDates.Format(statement.Event.On));
        Bind(_payload, statement.Payload);
        var outcome = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (outcome != raw.SQLITE_DONE)
        {
            Check(outcome);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private int IndexOf(string parameter) => raw.sqlite3_bind_parameter_index(_statement, parameter);

    private void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    private void Bind(int index, string? value) =>
        Check(value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, value));

    private void Check(int outcome) => SqliteException.ThrowExceptionForRC(outcome, _connection);
}
