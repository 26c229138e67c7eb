using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Verification.Mutations;

/// <summary>A small change of one source file.</summary>
/// <param name="Tree">The file.</param>
/// <param name="Span">What is replaced.</param>
/// <param name="Text">By what.</param>
internal sealed record Mutation(SyntaxTree Tree, TextSpan Span, string Text)
{
    /// <summary>File, line, what became what, and the line, for people.</summary>
    public override string ToString()
    {
        var source = Tree.GetText();
        var line = source.Lines.GetLineFromPosition(Span.Start);
        var before = Span.Length == 0 ? "(nothing)" : source.ToString(Span);
        return $"{Tree.FilePath}:{line.LineNumber + 1}: {before} -> {Text.Trim()}    in: {line.ToString().Trim()}";
    }

    /// <summary>The file with the change.</summary>
    public SyntaxTree Apply() => Tree.WithChangedText(Tree.GetText().WithChanges(new TextChange(Span, Text)));
}
