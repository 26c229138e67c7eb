using Verification.Storage.SqlServer;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>The registry's tables are made only where that was asked for, and never among another program's of the same names.</summary>
public sealed class SqlServerTablesTests
{
    private static List<ColumnRow> Own =>
        [.. Rows("registry", "id", "registry_id", "counter", "digest_key_id"), .. Rows("event", "permit", "effective_on"), .. Rows("import", "prefix_digest")];

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "--create")]
    public void WhyNot_DatabaseWithoutTables_IsRefusedUnlessAskedToCreate(bool create, string? word)
    {
        var refused = SqlServerTables.WhyNot([], "permits", create);

        Assert.Equal(word is null, refused is null);
        Assert.Contains(word ?? string.Empty, refused ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhyNot_OwnTables_AreOpened(bool create) => Assert.Null(SqlServerTables.WhyNot(Own, "permits", create));

    [Theory]
    [InlineData("registry")]
    [InlineData("event")]
    [InlineData("import")]
    [InlineData("SchemaVersions")]
    public void WhyNot_AnotherProgramsTable_IsRefusedByNameThoughAskedToCreate(string table)
    {
        var refused = SqlServerTables.WhyNot(Rows(table, "Id", "ScriptName"), "permits", createIfMissing: true);

        Assert.Contains("another program", refused!, StringComparison.Ordinal);
        Assert.Contains(table, refused!, StringComparison.Ordinal);
    }

    private static List<ColumnRow> Rows(string table, params string[] columns) =>
        [.. columns.Select(column => new ColumnRow { TableName = table, ColumnName = column })];
}
