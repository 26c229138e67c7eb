using System.Collections.Immutable;
using System.Globalization;
using Permits.Verification.V1;
using Verification.Load.MadeUp;

namespace Verification.Load.Questions;

/// <summary>One check a call: about one number, or about one after the other of the first so many, in an order that looks random.</summary>
internal sealed class CheckQuestion : IQuestion
{
    // The message's first field is the number: its tag and its length.
    private const int NumberAt = Frame.Prefix + 2;

    private readonly byte[] _message;
    private readonly int _count;
    private readonly ImmutableArray<ExpectedVerdict> _expected;

    private CheckQuestion(string apiKey, VerifyPermitRequest request, int count, ImmutableArray<ExpectedVerdict> expected)
    {
        ApiKey = apiKey;
        _message = Frame.Of(request);
        _count = count;
        _expected = expected;
    }

    /// <inheritdoc/>
    public string Rpc => nameof(VerificationService.VerificationServiceBase.VerifyPermit);

    /// <inheritdoc/>
    public string ApiKey { get; }

    /// <inheritdoc/>
    public int Checks => 1;

    /// <inheritdoc/>
    public string? Refusal => null;

    /// <inheritdoc/>
    public byte[]? OnlyMessage => _count == 1 ? _message : null;

    /// <summary>Always the same check.</summary>
    public static CheckQuestion Same(string apiKey, VerifyPermitRequest request, Verdict expected) =>
        new(apiKey, request, count: 1, [new ExpectedVerdict(expected)]);

    /// <summary>A check of one of the first permits.</summary>
    public static CheckQuestion AmongFirst(string apiKey, int count, Expectations expectations) =>
        new(apiKey, new VerifyPermitRequest { PermitNumber = MadeUpPermits.NumberOf(0) }, count, expectations.OfStories());

    /// <inheritdoc/>
    public int Write(int call, byte[] buffer)
    {
        _message.CopyTo(buffer, 0);
        if (_count > 1)
        {
            WriteNumber(Scattered(call), buffer.AsSpan(NumberAt));
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
        var index = _count > 1 ? Scattered(call) : 0;
        if (_count > 1)
        {
            WriteNumber(index, number);
        }
        else
        {
            _message.AsSpan(NumberAt, MadeUpPermits.NumberLength).CopyTo(number);
        }

        return _expected[index % _expected.Length].IsMet(Fields.Find(answer.Message, VerifyPermitResponse.VerdictFieldNumber), number);
    }

    /// <summary>Writes a permit's number.</summary>
    public static void WriteNumber(int index, Span<byte> destination)
    {
        destination[0] = (byte)'B';
        destination[1] = (byte)'J';
        index.TryFormat(destination[2..], out _, "D10", CultureInfo.InvariantCulture);
    }

    /// <summary>A permit for a call: the same for the same call, and of all permits alike.</summary>
    private int Scattered(int call)
    {
        var mixed = (ulong)call * 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        return (int)((mixed ^ (mixed >> 27)) % (ulong)_count);
    }
}
