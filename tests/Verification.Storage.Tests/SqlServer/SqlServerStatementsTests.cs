using System.Reflection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Verification.SqlServerSupport;
using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>Every statement and script is plain T-SQL, and names only tables and columns that the scripts make.</summary>
public sealed class SqlServerStatementsTests
{
    public static TheoryData<string> Statements() => [.. ByName().Keys];

    public static TheoryData<string> Scripts() => [.. MigrationScripts.Names()];

    public static TheoryData<string> Reads() => ["ReadHead", "Load", "ReadChanges", "LoadMany(1)", "LoadMany(1024)"];

    /// <summary>Every rule, with a script that breaks it: the check can fail.</summary>
    public static TheoryData<string, string> Violations() => new()
    {
        { "MERGE", "MERGE dbo.a AS t USING dbo.b AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.x = s.x;" },
        { "table hint", "SELECT x FROM dbo.a WITH (UPDLOCK, HOLDLOCK)" },
        { "table hint", "SELECT x FROM dbo.a WITH (NOLOCK)" },
        { "table hint", "INSERT INTO dbo.a WITH (TABLOCKX) (x) VALUES (1)" },
        { "OUTPUT", "UPDATE dbo.a SET x = 1 OUTPUT inserted.x" },
        { "OUTPUT", "DELETE FROM dbo.a OUTPUT deleted.x INTO dbo.b (x)" },
        { "query hint", "SELECT x FROM dbo.a OPTION (RECOMPILE)" },
        { "WAITFOR", "WAITFOR DELAY '00:00:01'" },
        { "SELECT *", "SELECT * FROM dbo.a" },
        { "SELECT *", "SELECT a.* FROM dbo.a a" },
        { "isolation level", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE" },
        { "rowversion", "CREATE TABLE dbo.a (id int, version rowversion)" },
        { "rowversion", "CREATE TABLE dbo.a (id int, version timestamp)" },
        { "nvarchar(max)", "CREATE TABLE dbo.a (id int, text nvarchar(max))" },
        { "nvarchar(max)", "SELECT CAST(x AS nvarchar(max)) FROM dbo.a" },
        { "SET @x = col = …", "UPDATE dbo.a SET @x = counter = counter + 1" },
        { "synonym", "CREATE SYNONYM dbo.a FOR dbo.b" },
        { "temporal table", "SELECT x FROM dbo.a FOR SYSTEM_TIME AS OF '2026-01-01'" },
        { "change tracking", "SELECT c.id FROM CHANGETABLE(CHANGES dbo.a, 0) AS c" },
        { "OPENJSON", "SELECT value FROM OPENJSON(@json)" },
        { "temporary table", "CREATE TABLE #staged (id int)" },
        { "filtered index", "CREATE UNIQUE INDEX a_by_x ON dbo.a (x) WHERE x IS NOT NULL" },
        { "CREATE OR ALTER", "CREATE OR ALTER VIEW dbo.v AS SELECT x FROM dbo.a" },
        { "server feature", "CREATE QUEUE dbo.q" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_Parsed_IsPlainTransactSql(string name) => Assert.Empty(PlainTransactSql.Check(ByName()[name]));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_Parsed_IsPlainTransactSql(string name) => Assert.Empty(PlainTransactSql.Check(MigrationScripts.Read(name)));

    [Theory]
    [MemberData(nameof(Violations))]
    public void Check_ScriptThatBreaksARule_NamesTheRule(string rule, string script) => Assert.Contains(rule, PlainTransactSql.Check(script));

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_Columns_AreInTheTables(string name) => Assert.Empty(MigrationScripts.Columns().UnknownIn(ByName()[name]));

    [Theory]
    [InlineData("SELECT e.permitt FROM dbo.event e")]
    [InlineData("SELECT e.permit FROM dbo.evnt e")]
    [InlineData("SELECT lines_read FROM dbo.event")]
    [InlineData("UPDATE dbo.registry SET countr = 1")]
    [InlineData("INSERT INTO dbo.import (import_id, line) VALUES (@a, @b)")]
    [InlineData("INSERT INTO dbo.import (import_id, lines_read) VALUES (@a)")]
    public void UnknownIn_StatementThatFitsNoTable_IsNotEmpty(string statement) =>
        Assert.NotEmpty(MigrationScripts.Columns().UnknownIn(statement));

    [Fact]
    public void ImportRows_CopiedInBulk_AreShapedLikeTheTables()
    {
        var columns = MigrationScripts.Columns();

        Assert.Equal(columns["import_line"], Columns(ImportRows.Staged(Guid.Empty, [])));
        Assert.Equal(columns["import_reject"], Columns(ImportRows.Rejects("file", [])));
    }

    [Fact]
    public void Scripts_Identifiers_AreInABinaryCollation()
    {
        string[] identifiers = ["permit", "recorded_by", "request_id", "import_id", "type", "code", "prefix_digest"];

        Assert.All(
            MigrationScripts.Columns().Definitions.Where(column => identifiers.Contains(column.ColumnIdentifier.Value)),
            column => Assert.EndsWith("_BIN2", column.Collation?.Value ?? string.Empty, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Read_WithHead_IsOneSelectAfterTheClock(string name)
    {
        var statements = ((TSqlScript)PlainTransactSql.Parse(ByName()[name])).Batches.Single().Statements;

        Assert.Equal([typeof(DeclareVariableStatement), typeof(SelectStatement)], statements.Select(statement => statement.GetType()));
    }

    /// <summary>An import may have as many rejects as its file has lines: whoever reads them names the line from which on.</summary>
    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_ThatReadsRejects_BeginsAtALine(string name)
    {
        var statement = ByName()[name];
        var reads = System.Text.RegularExpressions.Regex.Count(statement, @"FROM dbo\.import_reject");

        Assert.Equal(reads, System.Text.RegularExpressions.Regex.Count(statement, @"FROM dbo\.import_reject[^;]*\bline > @"));
    }

    /// <summary>No event is passed over for its type: an annulment that a read, the feed or the stamps left out would still count.</summary>
    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_Conditions_LookAtNoType(string name) => Assert.Empty(Conditions.OnTypeIn(ByName()[name]));

    [Theory]
    [InlineData("SELECT e.permit FROM dbo.event e WHERE e.type <> N'annulled'")]
    [InlineData("SELECT e.permit FROM dbo.registry r LEFT JOIN dbo.event e ON e.permit = @permit AND e.type IN (N'issued')")]
    [InlineData("SELECT CASE WHEN e.type = N'annulled' THEN 1 ELSE 0 END FROM dbo.event e")]
    public void OnTypeIn_ConditionOnTheType_IsFound(string statement) => Assert.NotEmpty(Conditions.OnTypeIn(statement));

    /// <summary>Annulled lines of an import are stored with the line reached, in each of the statements that do that.</summary>
    [Theory]
    [InlineData("ReadImport")]
    [InlineData("InsertImport")]
    [InlineData("UpdateImport")]
    public void Statement_OfAnImport_NamesTheAnnulledLines(string name)
    {
        Assert.Contains("already_annulled", MigrationScripts.Columns()["import"]);
        Assert.Contains("already_annulled", ByName()[name], StringComparison.Ordinal);
    }

    /// <summary>What operators are told to run.</summary>
    [Fact]
    public async Task Documented_Statements_AreTransactSql()
    {
        var manual = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "operations.md"), TestContext.Current.CancellationToken);
        var scripts = manual.Split("```sql\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();

        Assert.Contains(scripts, script => script.Contains("KILL", StringComparison.Ordinal));
        Assert.Contains(scripts, script => script.Contains("sys.dm_exec_sessions", StringComparison.Ordinal));
        Assert.All(scripts, script => PlainTransactSql.Parse(script));
    }

    [Theory]
    [InlineData(0.5, "SET LOCK_TIMEOUT 375;\n")]
    [InlineData(5, "SET LOCK_TIMEOUT 3750;\n")]
    public void WaitForLocks_ACallsTime_IsShorter(double seconds, string expected) =>
        Assert.Equal(expected, SqlServerStatements.WaitForLocks(TimeSpan.FromSeconds(seconds)));

    private static IEnumerable<string> Columns(System.Data.DataTable table) =>
        table.Columns.Cast<System.Data.DataColumn>().Select(column => column.ColumnName);

    private static Dictionary<string, string> ByName()
    {
        var statements = typeof(SqlServerStatements)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);
        foreach (var count in (int[])[1, 2, SqlServerStatements.MaxPermits])
        {
            statements.Add($"LoadMany({count})", SqlServerStatements.LoadMany(count));
        }

        statements.Add("WaitForLocks", SqlServerStatements.WaitForLocks(TimeSpan.FromSeconds(5)) + SqlServerStatements.BeginAppend);
        return statements;
    }
}
