using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Verification.SqlServerSupport;

/// <summary>The tables that the migrations make, and what in a statement does not fit them: what a server would only say at run time.</summary>
public sealed class TableColumns : TSqlFragmentVisitor
{
    private readonly Dictionary<string, List<string>> _tables = [];
    private readonly List<ColumnDefinition> _definitions = [];

    /// <summary>The columns of all tables.</summary>
    public IReadOnlyList<ColumnDefinition> Definitions => _definitions;

    /// <summary>The columns of a table, in order.</summary>
    public IReadOnlyList<string> this[string table] => _tables[table];

    /// <summary>The tables that a store's migrations make.</summary>
    public static TableColumns Of(IEnumerable<string> scripts) => Of(string.Join("\nGO\n", scripts));

    /// <inheritdoc/>
    public override void Visit(CreateTableStatement node)
    {
        _tables.Add(
            node.SchemaObjectName.BaseIdentifier.Value,
            [.. node.Definition.ColumnDefinitions.Select(column => column.ColumnIdentifier.Value)]);
        _definitions.AddRange(node.Definition.ColumnDefinitions);
    }

    /// <inheritdoc/>
    public override void Visit(AlterTableAddTableElementStatement node)
    {
        _tables[node.SchemaObjectName.BaseIdentifier.Value].AddRange(
            node.Definition.ColumnDefinitions.Select(column => column.ColumnIdentifier.Value));
        _definitions.AddRange(node.Definition.ColumnDefinitions);
    }

    /// <summary>The tables and columns of a statement that are not there, and inserts whose values do not match their columns.</summary>
    public IReadOnlyList<string> UnknownIn(string statements)
    {
        var batch = ((TSqlScript)PlainTransactSql.Parse(statements)).Batches.Single();
        return [.. batch.Statements.SelectMany(UnknownIn)];
    }

    private static TableColumns Of(string scripts)
    {
        var columns = new TableColumns();
        PlainTransactSql.Parse(scripts).Accept(columns);
        return columns;
    }

    private List<string> UnknownIn(TSqlStatement statement)
    {
        var use = new Use();
        statement.Accept(use);
        if (use.Tables.Any(table => table.Schema == "sys"))
        {
            return use.Problems;
        }

        var unknown = use.Tables.Where(table => !_tables.ContainsKey(table.Name)).Select(table => table.Name).ToList();
        var known = use.Tables.Where(table => _tables.ContainsKey(table.Name)).ToList();
        foreach (var (qualifier, column) in use.Columns)
        {
            // A qualifier that names no table is a derived table's or the pseudo-table's: any of the statement's tables may have it.
            var named = known.Where(table => table.Alias == qualifier).ToList();
            if (!(named.Count > 0 ? named : known).Any(table => _tables[table.Name].Contains(column)))
            {
                unknown.Add($"{qualifier}.{column}");
            }
        }

        return [.. unknown, .. use.Problems];
    }

    /// <summary>The tables and columns that a statement names.</summary>
    private sealed class Use : TSqlFragmentVisitor
    {
        public List<(string? Schema, string Name, string? Alias)> Tables { get; } = [];

        public List<(string? Qualifier, string Column)> Columns { get; } = [];

        public List<string> Problems { get; } = [];

        public override void Visit(NamedTableReference node) => Tables.Add(
            (node.SchemaObject.SchemaIdentifier?.Value, node.SchemaObject.BaseIdentifier.Value, node.Alias?.Value));

        public override void Visit(ColumnReferenceExpression node)
        {
            var parts = node.MultiPartIdentifier.Identifiers;
            Columns.Add((parts.Count > 1 ? parts[^2].Value : null, parts[^1].Value));
        }

        public override void Visit(InsertSpecification node)
        {
            var given = node.InsertSource switch
            {
                ValuesInsertSource values => values.RowValues.Single().ColumnValues.Count,
                SelectInsertSource { Select: QuerySpecification query } => query.SelectElements.Count,
                _ => -1,
            };
            if (given != node.Columns.Count)
            {
                Problems.Add($"{node.Columns.Count} columns, {given} values");
            }
        }
    }
}
