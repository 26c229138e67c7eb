using System.Buffers;
using Google.Protobuf;
using Grpc.Core;
using Verification.Server.Checks.AtOnce;
using Contract = Permits.Verification.V1;
using RpcStatus = Google.Rpc.Status;

namespace Verification.Server.Checks.Batches;

/// <summary>The answer to a message of a stream.</summary>
/// <param name="Sequence">The message's sequence.</param>
/// <param name="Answer">The answer to its batch; null where there is none.</param>
/// <param name="Error">Why there is none; null where there is one.</param>
/// <param name="UnknownLeft">How many more unknown numbers may be asked for.</param>
internal sealed record StreamAnswer(long Sequence, BatchAnswer? Answer, RpcStatus? Error, int UnknownLeft) : IDisposable
{
    // Beside the answer: three tags, a sequence, a length and a number.
    private const int MostAround = 32;

    private const int Varint = 0;
    private const int LengthDelimited = 2;

    /// <summary>Writes it as a <see cref="Contract.StreamVerifyPermitsResponse"/>.</summary>
    public void WriteTo(SerializationContext context)
    {
        var field = Answer is not null ? Contract.StreamVerifyPermitsResponse.ResponseFieldNumber : Contract.StreamVerifyPermitsResponse.ErrorFieldNumber;
        var outcome = Answer is not null ? Answer.Written : Error.ToByteArray();
        var head = new WireWriter(stackalloc byte[MostAround]);
        head.Number(Contract.StreamVerifyPermitsResponse.SequenceFieldNumber, Sequence);
        head.Raw((uint)((field << 3) | LengthDelimited));
        head.Raw((uint)outcome.Length);
        var tail = new WireWriter(stackalloc byte[MostAround]);

        // Also where it is zero: the field says whether it is there.
        tail.Raw((Contract.StreamVerifyPermitsResponse.UnknownLeftFieldNumber << 3) | Varint);
        tail.Raw((uint)UnknownLeft);

        context.SetPayloadLength(head.Length + outcome.Length + tail.Length);
        var wire = context.GetBufferWriter();
        wire.Write(head.Written);
        wire.Write(outcome);
        wire.Write(tail.Written);
        context.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => Answer?.Dispose();
}
