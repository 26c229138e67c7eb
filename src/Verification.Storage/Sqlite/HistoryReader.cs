using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Storage.Records;

namespace Verification.Storage.Sqlite;

/// <summary>
/// Reads many histories with one prepared statement. It speaks to SQLite itself: the provider makes a reader a statement and a string a
/// column, which cost more than SQLite does.
/// </summary>
internal sealed class HistoryReader : IDisposable
{
    // The columns of SqliteStatements.LoadEach and LoadPage.
    private const int Revision = 0;
    private const int Type = 1;
    private const int EffectiveOn = 2;
    private const int Payload = 3;
    private const int RecordedAt = 4;
    private const int RecordedBy = 5;
    private const int Permit = 6;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly SqliteRow _row;
    private readonly List<RecordedEvent> _events = [];
    private byte[] _lastRecorder = [];
    private string _lastRecorderName = string.Empty;

    /// <summary>A reader on a connection.</summary>
    /// <param name="connection">The connection, in a transaction: so that all it reads is of one snapshot.</param>
    /// <param name="statement"><see cref="SqliteStatements.LoadEach"/> or <see cref="SqliteStatements.LoadPage"/>.</param>
    public HistoryReader(SqliteConnection connection, string statement)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_connection, statement, out _statement));
        _row = new SqliteRow(_statement);
    }

    /// <summary>One permit's history; null where there is no such permit.</summary>
    /// <exception cref="SqliteException">SQLite could not read.</exception>
    /// <exception cref="FormatException">An event is damaged.</exception>
    /// <exception cref="ArgumentException">The history is damaged.</exception>
    public PermitHistory? Load(PermitNumber number)
    {
        Bind(number);
        while (Step())
        {
            _events.Add(ReadEvent());
        }

        raw.sqlite3_reset(_statement);
        return Take(number);
    }

    /// <summary>The histories after a number, in the order of their numbers.</summary>
    /// <param name="after">The number; the default value for the first page.</param>
    /// <param name="limit">The most histories.</param>
    /// <inheritdoc cref="Load"/>
    public List<PermitHistory> LoadPage(PermitNumber after, int limit)
    {
        var page = new List<PermitHistory>(limit);
        PermitNumber? current = null;
        Span<char> characters = stackalloc char[PermitNumber.MaxLength];
        Bind(after);
        while (Step())
        {
            var number = PermitNumber.FromStored(Text(Permit, characters));
            if (current is { } before && before != number)
            {
                page.Add(Take(before)!);
                if (page.Count == limit)
                {
                    raw.sqlite3_reset(_statement);
                    return page;
                }
            }

            current = number;
            _events.Add(ReadEvent());
        }

        raw.sqlite3_reset(_statement);
        if (current is { } last)
        {
            page.Add(Take(last)!);
        }

        return page;
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private PermitHistory? Take(PermitNumber number)
    {
        var history = _events.Count == 0 ? null : new PermitHistory(number, [.. _events]);
        _events.Clear();
        return history;
    }

    private RecordedEvent ReadEvent()
    {
        Span<char> characters = stackalloc char[EventPayload.LongestName];
        if (!CivilDates.TryParse(_row.Bytes(EffectiveOn), out var on))
        {
            throw new FormatException("The date of a stored event is damaged.");
        }

        var payload = _row.Bytes(Payload);
        var happening = EventPayload.Read(
            Text(Type, characters), on, payload.IsEmpty && _row.IsNull(Payload) ? "{}"u8 : payload);
        return new RecordedEvent(
            _row.Number(Revision), happening, StoredTime.FromMicroseconds(_row.Number(RecordedAt)), Recorder());
    }

    /// <summary>Few consumers record, and most events of a permit are by one.</summary>
    private string Recorder()
    {
        var recorder = _row.Bytes(RecordedBy);
        if (!recorder.SequenceEqual(_lastRecorder))
        {
            _lastRecorder = recorder.ToArray();
            _lastRecorderName = Encoding.UTF8.GetString(recorder);
        }

        return _lastRecorderName;
    }

    private ReadOnlySpan<char> Text(int column, Span<char> characters)
    {
        var text = _row.Bytes(column);
        return text.Length <= characters.Length && Ascii.IsValid(text)
            ? characters[..Encoding.ASCII.GetChars(text, characters)]
            : throw new FormatException("A stored text is damaged.");
    }

    private void Bind(PermitNumber number)
    {
        Span<byte> text = stackalloc byte[PermitNumber.MaxLength];
        number.TryFormat(text, out var length);
        _events.Clear();
        Check(raw.sqlite3_reset(_statement));
        Check(raw.sqlite3_bind_text(_statement, 1, text[..length]));
    }

    private bool Step()
    {
        var outcome = raw.sqlite3_step(_statement);
        if (outcome is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(outcome);
        }

        return outcome == raw.SQLITE_ROW;
    }

    private void Check(int outcome) => SqliteException.ThrowExceptionForRC(outcome, _connection);
}
