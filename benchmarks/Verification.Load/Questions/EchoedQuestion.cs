namespace Verification.Load.Questions;

/// <summary>The same question put to who always gives the same answer.</summary>
/// <param name="question">The question.</param>
/// <param name="answer">The one answer.</param>
internal sealed class EchoedQuestion(IQuestion question, byte[] answer) : IQuestion
{
    /// <inheritdoc/>
    public string Rpc => question.Rpc;

    /// <inheritdoc/>
    public string ApiKey => question.ApiKey;

    /// <inheritdoc/>
    public int Checks => question.Checks;

    /// <inheritdoc/>
    public string? Refusal => null;

    /// <inheritdoc/>
    public byte[]? OnlyMessage => question.OnlyMessage;

    /// <inheritdoc/>
    public int Write(int call, byte[] buffer) => question.Write(call, buffer);

    /// <inheritdoc/>
    public bool IsRight(int call, in Answer given) => given.Status == 0 && given.Message.SequenceEqual(answer);
}
