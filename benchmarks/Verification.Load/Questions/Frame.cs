using System.Buffers.Binary;
using Google.Protobuf;

namespace Verification.Load.Questions;

/// <summary>A message as gRPC frames it: a byte that says it is not compressed, its length, and the message.</summary>
internal static class Frame
{
    /// <summary>The bytes before a message.</summary>
    public const int Prefix = 5;

    /// <summary>Frames a message.</summary>
    public static byte[] Of(IMessage message)
    {
        var frame = new byte[Prefix + message.CalculateSize()];
        WritePrefix(frame, frame.Length - Prefix);
        message.WriteTo(frame.AsSpan(Prefix));
        return frame;
    }

    /// <summary>Writes what stands before a message of this length.</summary>
    public static void WritePrefix(Span<byte> frame, int length)
    {
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
    }
}
