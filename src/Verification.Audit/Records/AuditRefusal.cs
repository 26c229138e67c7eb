namespace Verification.Audit.Records;

/// <summary>Why there was no answer.</summary>
/// <param name="Reason">
/// The reason of the contract, UPPER_SNAKE: 1 to <see cref="MaxReasonLength"/> characters <c>A-Z0-9_</c>, a letter first.
/// </param>
/// <param name="Count">
/// How many calls of the consumer were refused so; above 1 where they came too fast for a record each, from 1.
/// </param>
public readonly record struct AuditRefusal(string Reason, int Count = 1)
{
    /// <summary>The most characters of a reason.</summary>
    public const int MaxReasonLength = 64;
}
