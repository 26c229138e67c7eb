using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>Inserts events with one prepared statement.</summary>
internal sealed class EventInsert : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _permit;
    private readonly SqliteParameter _sequence;
    private readonly SqliteParameter _revision;
    private readonly SqliteParameter _bucket;
    private readonly SqliteParameter _type;
    private readonly SqliteParameter _effectiveOn;
    private readonly SqliteParameter _payload;

    public EventInsert(SqliteTransaction transaction, DateTimeOffset recordedAt, string recordedBy, string? requestId)
    {
        _command = transaction.Connection!.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = SqliteStatements.InsertEvent;
        _permit = Add("@permit", SqliteType.Text);
        _sequence = Add("@sequence", SqliteType.Integer);
        _revision = Add("@revision", SqliteType.Integer);
        _bucket = Add("@bucket", SqliteType.Integer);
        _type = Add("@type", SqliteType.Text);
        _effectiveOn = Add("@effectiveOn", SqliteType.Text);
        _payload = Add("@payload", SqliteType.Text);
        Add("@recordedAt", SqliteType.Integer).Value = StoredTime.ToMicroseconds(recordedAt);
        Add("@recordedBy", SqliteType.Text).Value = recordedBy;
        Add("@requestId", SqliteType.Text).Value = (object?)requestId ?? DBNull.Value;
    }

    public void Execute(PermitStatement statement, int sequence, long revision)
    {
        _permit.Value = statement.Permit.ToString();
        _sequence.Value = sequence;
        _revision.Value = revision;
        _bucket.Value = (int)statement.Permit.Bucket;
        _type.Value = statement.Event.Name;
        _effectiveOn.Value = CivilDates.Format(statement.Event.On);
        _payload.Value = (object?)statement.Payload ?? DBNull.Value;
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private SqliteParameter Add(string name, SqliteType type) => _command.Parameters.Add(name, type);
}
