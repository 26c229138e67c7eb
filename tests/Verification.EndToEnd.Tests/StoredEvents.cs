using Microsoft.Data.Sqlite;

namespace Verification.EndToEnd.Tests;

/// <summary>What a registry's file holds of the permits whose numbers begin with BJ9.</summary>
internal static class StoredEvents
{
    /// <summary>The events in order of revision, with it.</summary>
    public static List<string> ByRevision(string dataDirectory) => Read(
        dataDirectory,
        "SELECT revision || ' ' || permit || ' ' || sequence || ' ' || type || ' ' || effective_on || ' ' || ifnull(payload, '') "
        + "FROM event WHERE permit LIKE 'BJ9%' ORDER BY revision");

    /// <summary>The events of one permit after the other, without their revisions.</summary>
    public static List<string> ByPermit(string dataDirectory) => Read(
        dataDirectory,
        "SELECT permit || ' ' || sequence || ' ' || type || ' ' || effective_on || ' ' || ifnull(payload, '') "
        + "FROM event WHERE permit LIKE 'BJ9%' ORDER BY permit, sequence");

    private static List<string> Read(string dataDirectory, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "registry.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        var events = new List<string>();
        while (reader.Read())
        {
            events.Add(reader.GetString(0));
        }

        return events;
    }
}
