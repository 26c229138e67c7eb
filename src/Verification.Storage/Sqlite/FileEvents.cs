using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Storage.Sqlite;

/// <summary>
/// The events of a registry file that is only judged, kept aside for the lines that follow. They lie in a temporary database of SQLite, which
/// has no name and is gone when it is closed: memory is bounded by its cache, whatever the file's size. Not safe for concurrent use.
/// </summary>
public sealed class FileEvents : IFileEvents
{
    // An empty name means a temporary file. Nobody but this connection knows it, so that a pool would keep it for nobody.
    private const string Temporary = "Data Source=;Pooling=False";

    // What is not in the cache (16 MiB) is on the disk; nothing of it has to outlive the process.
    private const string Create =
        """
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA cache_size = -16384;
        CREATE TABLE event (
            permit TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            type TEXT NOT NULL,
            effective_on TEXT NOT NULL,
            payload TEXT NULL,
            PRIMARY KEY (permit, sequence)) WITHOUT ROWID;
        """;

    private const string Insert =
        "INSERT INTO event (permit, sequence, type, effective_on, payload) VALUES (@permit, @sequence, @type, @on, @payload)";

    private readonly SqliteConnection _connection = new(Temporary);

    /// <summary>None yet.</summary>
    public FileEvents()
    {
        _connection.Open();
        _connection.Execute(Create);
    }

    /// <inheritdoc/>
    public void Add(IEnumerable<(PermitStatement Statement, int Sequence)> events)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = _connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = Insert;
        var permit = insert.Parameters.Add("@permit", SqliteType.Text);
        var place = insert.Parameters.Add("@sequence", SqliteType.Integer);
        var type = insert.Parameters.Add("@type", SqliteType.Text);
        var on = insert.Parameters.Add("@on", SqliteType.Text);
        var payload = insert.Parameters.Add("@payload", SqliteType.Text);
        foreach (var (statement, sequence) in events)
        {
            permit.Value = statement.Permit.ToString();
            place.Value = sequence;
            type.Value = statement.Event.Name;
            on.Value = CivilDates.Format(statement.Event.On);
            payload.Value = (object?)statement.Payload ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <inheritdoc/>
    public IEnumerable<PermitStatement> Load(IEnumerable<PermitNumber> numbers) => _connection
        .Query<(string Permit, string Type, string EffectiveOn, string? Payload)>(
            SqliteStatements.LoadEvents, new { permits = JsonSerializer.Serialize(numbers.Select(number => number.ToString())) })
        .Select(row => PermitStatement.Stored(PermitNumber.FromStored(row.Permit), row.Type, EventRow.ReadDate(row.EffectiveOn), row.Payload));

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
