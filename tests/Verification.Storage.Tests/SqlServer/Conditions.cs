using Microsoft.SqlServer.TransactSql.ScriptDom;
using Verification.SqlServerSupport;

namespace Verification.Storage.Tests.SqlServer;

/// <summary>Finds the conditions of a statement that look at an event's type.</summary>
internal sealed class Conditions : TSqlFragmentVisitor
{
    private readonly List<string> _onType = [];

    /// <summary>The conditions that name a column <c>type</c>.</summary>
    public static IReadOnlyList<string> OnTypeIn(string statement)
    {
        var visitor = new Conditions();
        PlainTransactSql.Parse(statement).Accept(visitor);
        return visitor._onType;
    }

    /// <inheritdoc/>
    public override void Visit(BooleanExpression node)
    {
        var columns = new Columns();
        node.Accept(columns);
        if (columns.Names.Contains("type"))
        {
            _onType.Add(node.GetType().Name);
        }
    }

    private sealed class Columns : TSqlFragmentVisitor
    {
        public List<string> Names { get; } = [];

        public override void Visit(ColumnReferenceExpression node) => Names.Add(node.MultiPartIdentifier.Identifiers[^1].Value);
    }
}
