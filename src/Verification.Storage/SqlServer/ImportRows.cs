using System.Collections.Immutable;
using System.Data;
using Verification.Core.Permits;
using Verification.Core.Permits.RegistryFile;
using Verification.Core.Registry;

namespace Verification.Storage.SqlServer;

/// <summary>What an import copies in bulk: tables named and shaped like those of the registry.</summary>
internal static class ImportRows
{
    /// <summary>The lines to stage: the events of a batch, admissible or not.</summary>
    public static DataTable Staged(Guid batchId, IEnumerable<ImportLine> lines)
    {
        var table = new DataTable("dbo.import_line");
        Add<Guid>(table, "batch_id");
        Add<long>(table, "line");
        Add<string>(table, "permit");
        Add<int>(table, "bucket");
        Add<string>(table, "type");
        Add<DateTime>(table, "effective_on");
        Add<string>(table, "payload");
        foreach (var line in lines)
        {
            var statement = line.Statement!;
            table.Rows.Add(
                batchId,
                line.Line,
                statement.Permit.ToString(),
                (int)statement.Permit.Bucket,
                statement.Event.Name,
                statement.Event.On.ToDateTime(TimeOnly.MinValue),
                (object?)statement.Payload ?? DBNull.Value);
        }

        return table;
    }

    /// <summary>The lines that were not loaded.</summary>
    public static DataTable Rejects(string importId, ImmutableArray<RejectedLine> rejects)
    {
        var table = new DataTable("dbo.import_reject");
        Add<string>(table, "import_id");
        Add<long>(table, "line");
        Add<string>(table, "code");
        Add<string>(table, "detail");
        Add<string>(table, "detail_zh");
        foreach (var reject in rejects)
        {
            table.Rows.Add(
                importId,
                reject.Line,
                CodeNames.NameOf(reject.Rejection.Code),
                reject.Rejection.Detail.English,
                reject.Rejection.Detail.Chinese);
        }

        return table;
    }

    private static void Add<T>(DataTable table, string name) => table.Columns.Add(name, typeof(T));
}
