using System.Buffers;
using System.Collections.Immutable;
using Google.Protobuf;
using Verification.Audit.Records;
using Verification.Core.Lookup;
using Verification.Core.Rules.Codes;
using Verification.Core.Rules.Verdicts;
using Verification.Server.Checks.AtOnce;
using Contract = Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks.Batches;

/// <summary>
/// The answer to a batch as the bytes of its message, item behind item as they are answered. Holds rented memory until it is disposed, which
/// who writes it to the wire does.
/// </summary>
internal sealed class BatchAnswer : IDisposable
{
    // Tags and lengths of an item and of what is in it.
    private const int Overhead = 16;
    private const int UsualItem = 224;

    private byte[] _bytes;

    /// <summary>Nothing answered.</summary>
    /// <param name="items">How many items it will have.</param>
    public BatchAnswer(int items) => _bytes = ArrayPool<byte>.Shared.Rent(AnswerBytes.MaxLength + (items * UsualItem));

    /// <summary>How many bytes it has.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes of a <see cref="Contract.BatchVerifyPermitsResponse"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Adds an answer.</summary>
    /// <param name="id">The check's identifier.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="entitlements">The entitlements to tell, in this order.</param>
    /// <param name="known">What it rests on.</param>
    /// <param name="seesSource">Whether the asker is told where it came from.</param>
    public void Add(CheckId id, in Verdict verdict, ImmutableArray<Entitlement> entitlements, in PermitAnswer known, bool seesSource)
    {
        var writer = new WireWriter(RoomFor(AnswerBytes.MaxLength));
        var item = writer.Begin(Contract.BatchVerifyPermitsResponse.ItemsFieldNumber);
        var response = writer.Begin(Contract.BatchItem.ResponseFieldNumber);
        AnswerBytes.Write(ref writer, id, verdict, entitlements, known, seesSource);
        writer.End(response);
        writer.End(item);
        Length += writer.Length;
    }

    /// <summary>Adds an error.</summary>
    public void Add(RpcStatus error)
    {
        var size = error.CalculateSize();
        var writer = new WireWriter(RoomFor(size));
        var item = writer.Begin(Contract.BatchVerifyPermitsResponse.ItemsFieldNumber);
        var status = writer.Begin(Contract.BatchItem.ErrorFieldNumber);
        error.WriteTo(writer.Room[..size]);
        writer.Advance(size);
        writer.End(status);
        writer.End(item);
        Length += writer.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private Span<byte> RoomFor(int size)
    {
        if (_bytes.Length - Length < size + Overhead)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + size + Overhead));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }
}
