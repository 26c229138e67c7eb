using System.Buffers.Binary;
using Verification.Audit.Format;

namespace Verification.Audit.Storing.Rows;

/// <summary>The instant in a message's identifier: a UUIDv7 begins with the milliseconds since 1970.</summary>
internal static class MessageInstant
{
    /// <summary>The first and the last microsecond that an identifier may be of.</summary>
    public static (long First, long Last) Of(Guid message)
    {
        Span<byte> bytes = stackalloc byte[16];
        message.TryWriteBytes(bytes, bigEndian: true, out _);
        var first = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16) * AuditTime.MicrosecondsPerMillisecond;
        return (first, first + AuditTime.MicrosecondsPerMillisecond - 1);
    }
}
