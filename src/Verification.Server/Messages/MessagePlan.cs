using System.Buffers;
using Google.Protobuf.Reflection;

namespace Verification.Server.Messages;

/// <summary>
/// Tells on the bytes of a message whether it holds more than any message of its type has: fields without end, of whatever number,
/// cost little to send and much to parse. Messages inside it count with it.
/// </summary>
internal sealed class MessagePlan
{
    /// <summary>
    /// The most values of one message. The largest that makes sense has some forty; a sender may name each of a few fields twice.
    /// </summary>
    public const int MaxValues = 64;

    private readonly MessagePlan?[] _messages;
    private readonly bool[] _packed;

    private MessagePlan(MessageDescriptor type, Dictionary<string, MessagePlan> known)
    {
        known[type.FullName] = this;
        var size = type.Fields.InFieldNumberOrder().Select(field => field.FieldNumber + 1).LastOrDefault();
        _messages = new MessagePlan?[size];
        _packed = new bool[size];
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            _packed[field.FieldNumber] = field is
            { IsRepeated: true, IsPacked: true, FieldType: not (FieldType.Message or FieldType.String or FieldType.Bytes) };
            if (field.FieldType == FieldType.Message)
            {
                _messages[field.FieldNumber] = known.GetValueOrDefault(field.MessageType.FullName) ?? new MessagePlan(field.MessageType, known);
            }
        }
    }

    /// <summary>The plan of a type of messages.</summary>
    public static MessagePlan Of(MessageDescriptor type) => new(type, []);

    /// <summary>Whether a message holds at most <see cref="MaxValues"/>.</summary>
    public bool Fits(ReadOnlySequence<byte> message)
    {
        var left = MaxValues;
        return TryTake(message, ref left);
    }

    /// <summary>Takes the values of a message off what is left.</summary>
    /// <returns>False when that was not enough.</returns>
    public bool TryTake(ReadOnlySequence<byte> message, ref int left)
    {
        for (var fields = new FieldScan(message); fields.MoveNext();)
        {
            if (!TryTake(fields, ref left))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the values of one field off what is left.</summary>
    /// <returns>False when that was not enough.</returns>
    public bool TryTake(FieldScan field, ref int left)
    {
        var isKnown = field.HasBytes && field.Number < _messages.Length;
        left -= isKnown && _packed[field.Number] ? CountVarints(field.Bytes, left) : 1;
        return left >= 0 && (!isKnown || _messages[field.Number] is not { } plan || plan.TryTake(field.Bytes, ref left));
    }

    /// <summary>How many numbers stand in bytes that are packed numbers: as many as bytes that end one. Stops beyond a bound.</summary>
    private static int CountVarints(ReadOnlySequence<byte> packed, int bound)
    {
        var count = 0;
        foreach (var part in packed)
        {
            foreach (var one in part.Span)
            {
                count += one < 0x80 ? 1 : 0;
                if (count > bound)
                {
                    return count;
                }
            }
        }

        return count;
    }
}
