using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Verification.SqlServerSupport;

/// <summary>Finds in T-SQL what not every TDS server runs, and what the store must not rest on.</summary>
public sealed class PlainTransactSql : TSqlFragmentVisitor
{
    private static readonly string[] ForeignFeatures =
        ["Broker", "Queue", "Conversation", "Dialog", "Contract", "Assembly", "XmlSchema", "ChangeTracking"];

    private readonly List<string> _found = [];

    /// <summary>The names of the rules that the script breaks.</summary>
    public static IReadOnlyList<string> Check(string script)
    {
        var visitor = new PlainTransactSql();
        Parse(script).Accept(visitor);
        return visitor._found;
    }

    /// <summary>The script's syntax tree.</summary>
    public static TSqlFragment Parse(string script)
    {
        using var reader = new StringReader(script);
        var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.True(errors.Count == 0, $"{string.Join('\n', errors.Select(error => $"{error.Line}:{error.Column} {error.Message}"))}\n{script}");
        return tree;
    }

    /// <inheritdoc/>
    public override void Visit(TSqlFragment fragment)
    {
        if (RuleBrokenBy(fragment) is { } rule)
        {
            _found.Add(rule);
        }
    }

    private static string? RuleBrokenBy(TSqlFragment fragment) => fragment switch
    {
        MergeStatement => "MERGE",
        TableHint => "table hint",
        OutputClause or OutputIntoClause => "OUTPUT",
        OptimizerHint => "query hint",
        WaitForStatement => "WAITFOR",
        SelectStarExpression => "SELECT *",
        SetTransactionIsolationLevelStatement => "isolation level",
        SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Rowversion or SqlDataTypeOption.Timestamp } => "rowversion",
        SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.NVarChar, Parameters: [MaxLiteral] } => "nvarchar(max)",
        AssignmentSetClause { Variable: not null, Column: not null } => "SET @x = col = …",
        CreateSynonymStatement or DropSynonymStatement => "synonym",
        TemporalClause or SystemVersioningTableOption or SystemTimePeriodDefinition => "temporal table",
        ChangeTableChangesTableReference or ChangeTableVersionTableReference => "change tracking",
        OpenJsonTableReference => "OPENJSON",
        SchemaObjectName { BaseIdentifier.Value: ['#', ..] } => "temporary table",
        CreateIndexStatement { FilterPredicate: not null } => "filtered index",
        TSqlStatement statement when statement.GetType().Name.StartsWith("CreateOrAlter", StringComparison.Ordinal) => "CREATE OR ALTER",
        TSqlStatement statement when ForeignFeatures.Any(word => statement.GetType().Name.Contains(word, StringComparison.Ordinal)) =>
            "server feature",
        _ => null,
    };
}
