using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Verification.Mutations;

/// <summary>Finds the small changes that a slip of the hand could make: operators, constants, conditions, early returns, lost statements.</summary>
internal static class Mutations
{
    private static readonly Dictionary<SyntaxKind, string> Operators = new()
    {
        [SyntaxKind.LessThanToken] = "<=",
        [SyntaxKind.LessThanEqualsToken] = "<",
        [SyntaxKind.GreaterThanToken] = ">=",
        [SyntaxKind.GreaterThanEqualsToken] = ">",
        [SyntaxKind.EqualsEqualsToken] = "!=",
        [SyntaxKind.ExclamationEqualsToken] = "==",
        [SyntaxKind.AmpersandAmpersandToken] = "||",
        [SyntaxKind.BarBarToken] = "&&",
        [SyntaxKind.PlusToken] = "-",
        [SyntaxKind.MinusToken] = "+",
        [SyntaxKind.AsteriskToken] = "/",
        [SyntaxKind.SlashToken] = "*",
        [SyntaxKind.PercentToken] = "/",
        [SyntaxKind.AmpersandToken] = "|",
        [SyntaxKind.BarToken] = "&",
        [SyntaxKind.LessThanLessThanToken] = ">>",
        [SyntaxKind.GreaterThanGreaterThanToken] = "<<",
        [SyntaxKind.PlusEqualsToken] = "-=",
        [SyntaxKind.MinusEqualsToken] = "+=",
        [SyntaxKind.PlusPlusToken] = "--",
        [SyntaxKind.MinusMinusToken] = "++",
    };

    /// <summary>All changes of a file. Some do not compile: who makes one finds out.</summary>
    public static IEnumerable<Mutation> Of(SyntaxTree tree) => tree.GetRoot()
        .DescendantNodes(node => node is not (AttributeSyntax or InterpolationSyntax))
        .SelectMany(Of)
        .Select(change => new Mutation(tree, change.Span, change.Text));

    private static IEnumerable<(TextSpan Span, string Text)> Of(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary => Swapped(binary.OperatorToken),
        AssignmentExpressionSyntax assignment => Swapped(assignment.OperatorToken),
        PrefixUnaryExpressionSyntax unary => Swapped(unary.OperatorToken),
        PostfixUnaryExpressionSyntax unary => Swapped(unary.OperatorToken),
        RelationalPatternSyntax pattern => Swapped(pattern.OperatorToken),
        BinaryPatternSyntax pattern => [(pattern.OperatorToken.Span, pattern.IsKind(SyntaxKind.OrPattern) ? "and" : "or")],
        LiteralExpressionSyntax literal => Neighbour(literal),
        ExpressionStatementSyntax statement => [(statement.Span, ";")],
        IfStatementSyntax { Condition: var condition } => [(condition.Span, $"!({condition})")],
        ConditionalExpressionSyntax { Condition: var condition } => [(condition.Span, $"!({condition})")],
        MethodDeclarationSyntax { Body: { } body, ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } =>
            [(new(body.OpenBraceToken.Span.End, 0), " return;")],
        MethodDeclarationSyntax { Body: { } body } => [(new(body.OpenBraceToken.Span.End, 0), " return default!;")],
        _ => [],
    };

    private static (TextSpan, string)[] Swapped(SyntaxToken token) =>
        Operators.TryGetValue(token.Kind(), out var other) ? [(token.Span, other)] : [];

    private static (TextSpan, string)[] Neighbour(LiteralExpressionSyntax literal) => literal.Token.Value switch
    {
        int number => [(literal.Span, (number + 1L).ToString(CultureInfo.InvariantCulture))],
        char letter => [(literal.Span, $"'\\u{letter + 1:x4}'")],
        bool truth => [(literal.Span, truth ? "false" : "true")],
        _ => [],
    };
}
