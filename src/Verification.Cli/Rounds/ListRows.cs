namespace Verification.Cli.Rounds;

/// <summary>One permit number a line, and nothing else.</summary>
internal sealed class ListRows(TextReader text) : IRows
{
    private string? _line;

    public ReadOnlySpan<char> this[Field field] => field == Field.Number ? _line : default;

    public bool MoveNext() => (_line = text.ReadLine()) is not null;

    public void Dispose() => text.Dispose();
}
