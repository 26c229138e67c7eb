using System.Collections.Immutable;
using Permits.Verification.V1;
using Verification.Load.MadeUp;

namespace Verification.Load.Questions;

/// <summary>Batches of the first so many permits, one batch after the other, round and round.</summary>
internal sealed class BatchQuestion : IQuestion
{
    // A check with nothing but its number: the tag and the length of the check, and of the number in it.
    private const int NumberAt = 4;
    private const int CheckLength = NumberAt + MadeUpPermits.NumberLength;

    private readonly byte[] _message;
    private readonly int _count;
    private readonly ImmutableArray<ExpectedVerdict> _expected;

    /// <summary>Batches of the first permits.</summary>
    public BatchQuestion(string apiKey, int checks, int count, Expectations expectations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, checks);
        ApiKey = apiKey;
        Checks = checks;
        _count = count;
        _expected = expectations.OfStories();
        _message = Frame.Of(Request(checks));
    }

    /// <inheritdoc/>
    public string Rpc => nameof(VerificationService.VerificationServiceBase.BatchVerifyPermits);

    /// <inheritdoc/>
    public string ApiKey { get; }

    /// <inheritdoc/>
    public int Checks { get; }

    /// <inheritdoc/>
    public string? Refusal => null;

    /// <inheritdoc/>
    public byte[]? OnlyMessage => _count == Checks ? _message : null;

    /// <summary>A batch of the first permits.</summary>
    public static BatchVerifyPermitsRequest Request(int checks)
    {
        var batch = new BatchVerifyPermitsRequest();
        batch.Checks.AddRange(Enumerable.Range(0, checks).Select(index => new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(index) }));
        return batch;
    }

    /// <inheritdoc/>
    public int Write(int call, byte[] buffer)
    {
        _message.CopyTo(buffer, 0);
        for (var check = 0; _count > Checks && check < Checks; check++)
        {
            CheckQuestion.WriteNumber(IndexOf(call, check), buffer.AsSpan(Frame.Prefix + (check * CheckLength) + NumberAt));
        }

        return _message.Length;
    }

    /// <inheritdoc/>
    public bool IsRight(int call, in Answer answer)
    {
        if (answer.Status != 0)
        {
            return false;
        }

        Span<byte> number = stackalloc byte[MadeUpPermits.NumberLength];
        var items = new Fields(answer.Message);
        for (var check = 0; check < Checks; check++)
        {
            var index = IndexOf(call, check);
            CheckQuestion.WriteNumber(index, number);
            if (!items.MoveNext()
                || !_expected[index % _expected.Length].IsMet(
                    Fields.Find(Fields.Find(items.Bytes, BatchItem.ResponseFieldNumber), VerifyPermitResponse.VerdictFieldNumber), number))
            {
                return false;
            }
        }

        return !items.MoveNext();
    }

    private int IndexOf(int call, int check) => (int)((((long)call * Checks) + check) % _count);
}
