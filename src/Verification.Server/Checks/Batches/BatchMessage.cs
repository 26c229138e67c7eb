using System.Buffers;
using Google.Protobuf;
using Verification.Core.Words;
using Verification.Server.Checks.AtOnce;
using Verification.Server.Errors;
using Verification.Server.Limits;
using Verification.Server.Messages;
using Contract = Permits.Verification.V1;

namespace Verification.Server.Checks.Batches;

/// <summary>
/// A batch, read off its bytes: its plain checks without a message each. It holds no more than <see cref="MessageBounds"/> allow: of one that
/// has too many checks none is kept, and a check of too many values is read so that it fails alone. Holds rented memory until it is disposed.
/// </summary>
internal sealed class BatchMessage : IDisposable
{
    private const byte CheckTag = (Contract.BatchVerifyPermitsRequest.ChecksFieldNumber << 3) | (int)WireFormat.WireType.LengthDelimited;

    private static readonly MessagePlan Plan = MessagePlan.Of(Contract.BatchVerifyPermitsRequest.Descriptor);

    private BatchEntry[] _entries = ArrayPool<BatchEntry>.Shared.Rent(MessageBounds.MaxChecks);

    private BatchMessage()
    {
    }

    /// <summary>How many checks it has; one too many stands for more than it may have, and then there are no entries.</summary>
    public int Count { get; private set; }

    /// <summary>Its checks.</summary>
    public ReadOnlySpan<BatchEntry> Entries => Count > MessageBounds.MaxChecks ? [] : _entries.AsSpan(0, Count);

    /// <summary>What it says beside its checks.</summary>
    public Contract.BatchVerifyPermitsRequest Head { get; private set; } = new();

    /// <summary>The language in which its caller reads errors; null where none is named that there is.</summary>
    public Language? Language { get; set; }

    /// <summary>A batch that is a message already.</summary>
    public static BatchMessage Of(Contract.BatchVerifyPermitsRequest message)
    {
        var batch = new BatchMessage();
        batch.Take(message);
        return batch;
    }

    /// <summary>Reads the bytes of a <see cref="Contract.BatchVerifyPermitsRequest"/>.</summary>
    /// <exception cref="OverfullMessageException">It holds too much beside its checks.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is no message.</exception>
    public static BatchMessage Read(ReadOnlySequence<byte> message)
    {
        if (message.IsSingleSegment)
        {
            return Read(message.First);
        }

        var copy = ArrayPool<byte>.Shared.Rent((int)message.Length);
        try
        {
            message.CopyTo(copy);
            return Read(copy.AsMemory(0, (int)message.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Messages must not live on in the pool.
        ArrayPool<BatchEntry>.Shared.Return(_entries, clearArray: true);
        _entries = [];
        Count = 0;
    }

    private static BatchMessage Read(ReadOnlyMemory<byte> message)
    {
        var batch = new BatchMessage();
        try
        {
            batch.ReadFields(message);
            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private void Take(Contract.BatchVerifyPermitsRequest message)
    {
        (Head, Count) = (message, 0);
        foreach (var check in message.Checks)
        {
            Add(new BatchEntry(default, check));
        }
    }

    private void ReadFields(ReadOnlyMemory<byte> message)
    {
        var left = MessagePlan.MaxValues;
        for (var rest = message; !rest.IsEmpty;)
        {
            if (TryTakeCheck(rest.Span, out var start, out var length))
            {
                Add(rest.Slice(start, length));
                rest = rest[(start + length)..];
                continue;
            }

            var fields = new FieldScan(new ReadOnlySequence<byte>(rest));
            if (!fields.MoveNext())
            {
                // The parser says what is wrong, or knows better.
                Take(Contract.BatchVerifyPermitsRequest.Parser.ParseFrom(message.Span));
                return;
            }

            if (fields is { Number: Contract.BatchVerifyPermitsRequest.ChecksFieldNumber, HasBytes: true })
            {
                // A check whose tag or length has more bytes than it needs.
                Add(fields.Bytes.First);
            }
            else if (Plan.TryTake(fields, ref left))
            {
                Head.MergeFrom(fields.Raw);
            }
            else
            {
                throw new OverfullMessageException();
            }

            rest = rest[(int)fields.Raw.Length..];
        }
    }

    /// <summary>Finds the check that bytes begin with, where they do and it is encoded as briefly as nearly all are.</summary>
    private static bool TryTakeCheck(ReadOnlySpan<byte> bytes, out int start, out int length)
    {
        (start, length) = (0, 0);
        if (bytes[0] != CheckTag)
        {
            return false;
        }

        var shift = 0;
        for (start = 1; start < bytes.Length && shift < 28; start++, shift += 7)
        {
            length |= (bytes[start] & 0x7F) << shift;
            if (bytes[start] < 0x80)
            {
                start++;
                return length <= bytes.Length - start;
            }
        }

        return false;
    }

    private void Add(ReadOnlyMemory<byte> check)
    {
        if (Count >= MessageBounds.MaxChecks)
        {
            // Of one that is refused for its size nothing more is read.
            Count = MessageBounds.MaxChecks + 1;
        }
        else
        {
            Add(PlainCheck.TryRead(check.Span, out var plain)
                ? new BatchEntry(plain, null)
                : new BatchEntry(default, BoundedChecks.ReadCheck(new ReadOnlySequence<byte>(check))));
        }
    }

    private void Add(in BatchEntry entry)
    {
        if (Count >= MessageBounds.MaxChecks)
        {
            Count = MessageBounds.MaxChecks + 1;
        }
        else
        {
            _entries[Count++] = entry;
        }
    }
}
