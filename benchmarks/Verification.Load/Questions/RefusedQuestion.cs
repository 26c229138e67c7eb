using Permits.Verification.V1;

namespace Verification.Load.Questions;

/// <summary>Always the same check, which is refused.</summary>
/// <param name="apiKey">Who asks.</param>
/// <param name="request">The check.</param>
/// <param name="reason">The reason that the error must have.</param>
internal sealed class RefusedQuestion(string apiKey, VerifyPermitRequest request, string reason) : IQuestion
{
    private readonly byte[] _message = Frame.Of(request);
    private byte[]? _seen;

    /// <inheritdoc/>
    public string Rpc => nameof(VerificationService.VerificationServiceBase.VerifyPermit);

    /// <inheritdoc/>
    public string ApiKey { get; } = apiKey;

    /// <inheritdoc/>
    public int Checks => 1;

    /// <inheritdoc/>
    public string? Refusal { get; } = reason;

    /// <inheritdoc/>
    public byte[]? OnlyMessage => _message;

    /// <inheritdoc/>
    public int Write(int call, byte[] buffer)
    {
        _message.CopyTo(buffer, 0);
        return _message.Length;
    }

    /// <inheritdoc/>
    public bool IsRight(int call, in Answer answer)
    {
        if (answer.Status == 0 || !answer.Message.IsEmpty)
        {
            return false;
        }

        if (_seen is { } seen && answer.Details.SequenceEqual(seen))
        {
            return true;
        }

        if (answer.Reason != Refusal)
        {
            return false;
        }

        _seen = answer.Details.ToArray();
        return true;
    }
}
