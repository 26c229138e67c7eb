namespace Verification.Cli.Rounds;

/// <summary>The rows of the input, from the first to the last.</summary>
internal interface IRows : IDisposable
{
    /// <summary>Goes to the next row.</summary>
    bool MoveNext();

    /// <summary>What the row says, as it stands there; empty where it says nothing. Good until the next row.</summary>
    ReadOnlySpan<char> this[Field field] { get; }
}
