using System.Buffers;
using Google.Protobuf;
using Verification.Server.Errors;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.Batches;

/// <summary>A message of a stream: the caller's sequence and a batch.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Batch">The batch.</param>
internal sealed record StreamMessage(long Sequence, BatchMessage Batch) : IDisposable
{
    private static readonly MessagePlan Plan = MessagePlan.Of(Contract.StreamVerifyPermitsRequest.Descriptor);

    /// <summary>Reads the bytes of a <see cref="Contract.StreamVerifyPermitsRequest"/>.</summary>
    /// <exception cref="OverfullMessageException">It holds more than a sequence and a batch.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is no message.</exception>
    public static StreamMessage Read(ReadOnlySequence<byte> message)
    {
        var head = new Contract.StreamVerifyPermitsRequest();
        BatchMessage? batch = null;
        try
        {
            var left = MessagePlan.MaxValues;
            var read = 0L;
            for (var fields = new FieldScan(message); fields.MoveNext();)
            {
                read += fields.Raw.Length;
                if (fields.Number != Contract.StreamVerifyPermitsRequest.BatchFieldNumber || !fields.HasBytes)
                {
                    if (!Plan.TryTake(fields, ref left))
                    {
                        throw new OverfullMessageException();
                    }

                    head.MergeFrom(fields.Raw);
                }
                else
                {
                    batch = batch is null ? BatchMessage.Read(fields.Bytes) : throw new OverfullMessageException();
                }
            }

            if (read < message.Length)
            {
                // The parser says what is wrong.
                head.MergeFrom(message.Slice(read));
            }

            return new StreamMessage(head.Sequence, batch ?? BatchMessage.Read(ReadOnlySequence<byte>.Empty));
        }
        catch
        {
            batch?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Batch.Dispose();
}
