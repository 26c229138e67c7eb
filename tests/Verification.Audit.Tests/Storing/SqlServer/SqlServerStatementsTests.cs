using System.Reflection;
using Verification.Audit.Storing;
using Verification.Audit.Storing.Sqlite;
using Verification.Audit.Storing.Tables;
using Verification.SqlServerSupport;
using Statements = Verification.Audit.Storing.SqlServer.SqlServerStatements;

namespace Verification.Audit.Tests.Storing.SqlServer;

/// <summary>Every statement and script is plain T-SQL, names only tables and columns that the scripts make, and asks for what SQLite is asked for.</summary>
public sealed class SqlServerStatementsTests
{
    private const string Scripts = "Verification.Audit.Migrations.SqlServer.";

    public static TheoryData<string> Names() => [.. typeof(AuditStatements).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Statement_Parsed_IsPlainTransactSql(string name) => Assert.Empty(PlainTransactSql.Check(TextOf(new Statements(), name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Statement_Columns_AreInTheTables(string name) =>
        Assert.Empty(TableColumns.Of(ReadScripts()).UnknownIn(TextOf(new Statements(), name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Statement_ParametersAndColumns_AreThoseOfSqlite(string name)
    {
        var (one, other) = (TextOf(new Statements(), name), TextOf(new SqliteStatements(), name));

        Assert.Equal(Words(other, @"@\w+"), Words(one, @"@\w+"));
        Assert.Equal(Words(other, @"(?<= AS )[A-Z][a-z]\w+"), Words(one, @"(?<= AS )[A-Z][a-z]\w+"));
    }

    [Fact]
    public void LockMigrations_Parsed_IsPlainTransactSql() => Assert.Empty(PlainTransactSql.Check(Statements.LockMigrations));

    [Fact]
    public void Scripts_Parsed_ArePlainTransactSqlAndOfTheirOwnNames()
    {
        var scripts = ReadScripts();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Empty(PlainTransactSql.Check(script)));
        Assert.All(scripts, script => Assert.All(Words(script, @"(?<=TABLE dbo\.)\w+"), table => Assert.StartsWith("audit_", table, StringComparison.Ordinal)));
    }

    private static List<string> ReadScripts() => [.. typeof(AuditDatabase).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Scripts, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name =>
        {
            using var reader = new StreamReader(typeof(AuditDatabase).Assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        })];

    private static string TextOf(AuditStatements statements, string name) =>
        (string)typeof(AuditStatements).GetProperty(name, BindingFlags.Public | BindingFlags.Instance)!.GetValue(statements)!;

    private static IEnumerable<string> Words(string text, string pattern) =>
        System.Text.RegularExpressions.Regex.Matches(text, pattern).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);
}
