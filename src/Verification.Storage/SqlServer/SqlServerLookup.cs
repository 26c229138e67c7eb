using System.Collections.Immutable;
using Dapper;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>Loads histories in a session.</summary>
internal static class SqlServerLookup
{
    /// <summary>One permit's history; null when there is no such permit.</summary>
    public static async Task<Snapshot<PermitHistory?>> LoadAsync(SqlServerSession session, PermitNumber number)
    {
        var rows = await session.QueryAsync<EventRow>(SqlServerStatements.Load, new DynamicParameters().Permit(number));
        return new Snapshot<PermitHistory?>(EventRow.ToHistories(rows).GetValueOrDefault(number), rows[0].Head);
    }

    /// <summary>The histories of many permits: one statement for every <see cref="SqlServerStatements.MaxPermits"/> of them.</summary>
    public static async Task<Snapshot<IReadOnlyDictionary<PermitNumber, PermitHistory>>> LoadAsync(
        SqlServerSession session, IReadOnlyCollection<PermitNumber> numbers)
    {
        var parts = new List<Snapshot<Dictionary<PermitNumber, PermitHistory>>>();
        foreach (var chunk in numbers.Distinct().Chunk(SqlServerStatements.MaxPermits))
        {
            var rows = await session.QueryAsync<EventRow>(SqlServerStatements.LoadMany(FilledUp(chunk.Length)), Parameters(chunk));
            parts.Add(new(EventRow.ToHistories(rows), rows[0].Head));
        }

        if (parts.Count == 0)
        {
            var head = (await session.QuerySingleAsync<EventRow>(SqlServerStatements.ReadHead)).Head;
            return new(new Dictionary<PermitNumber, PermitHistory>(), head);
        }

        return Combine(parts);
    }

    /// <summary>The histories after a number, in the order of their numbers: one statement.</summary>
    public static async Task<Snapshot<ImmutableArray<PermitHistory>>> LoadPageAsync(SqlServerSession session, PermitNumber after, int limit)
    {
        var rows = await session.QueryAsync<EventRow>(
            SqlServerStatements.LoadPage, new DynamicParameters().Permit(after, "after").Whole("limit", limit));
        var histories = EventRow.ToHistories(rows).Values.OrderBy(history => history.Number.ToString(), StringComparer.Ordinal);
        return new([.. histories], rows[0].Head);
    }

    /// <summary>
    /// Makes one snapshot of several that were read one after the other: that of the earliest. Events are only ever added, so what a
    /// later one holds beyond the earliest revision is left out, and the rest is what the earliest would have held.
    /// </summary>
    public static Snapshot<IReadOnlyDictionary<PermitNumber, PermitHistory>> Combine(
        IReadOnlyList<Snapshot<Dictionary<PermitNumber, PermitHistory>>> parts)
    {
        var earliest = parts.MinBy(part => part.Head.Revision).Head;
        if (parts.Any(part => part.Head.RegistryId != earliest.RegistryId))
        {
            throw new RegistryUnavailableException("The registry could not answer: it was marked as restored while it was read.");
        }

        var histories = parts
            .SelectMany(part => part.Value.Values)
            .Select(history => history.AsKnownAt(earliest.Revision))
            .OfType<PermitHistory>()
            .ToDictionary(history => history.Number);
        return new(histories, earliest);
    }

    /// <summary>How many parameters a load of so many permits has: a power of two, so that the server keeps few plans.</summary>
    public static int FilledUp(int count) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);

    private static DynamicParameters Parameters(PermitNumber[] numbers)
    {
        var parameters = new DynamicParameters();
        for (var i = 0; i < FilledUp(numbers.Length); i++)
        {
            parameters.Permit(numbers[Math.Min(i, numbers.Length - 1)], $"p{i}");
        }

        return parameters;
    }
}
