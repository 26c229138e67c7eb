using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Verification.Audit.Records;

/// <summary>
/// Makes the identifiers of messages: UUIDv7, as <see cref="Guid.CreateVersion7(DateTimeOffset)"/> does, whose call of the system for each costs
/// more than the record that it is for. Here each thread asks the system for many at a time.
/// </summary>
public static class MessageIds
{
    private const int RandomBytes = 10;
    private const int AtATime = 100;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _left;

    /// <summary>A new identifier.</summary>
    /// <param name="now">When the message came.</param>
    public static Guid New(DateTimeOffset now)
    {
        var random = _random ??= new byte[RandomBytes * AtATime];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(random);
            _left = AtATime;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.ToUnixTimeMilliseconds() << 16);
        random.AsSpan(--_left * RandomBytes, RandomBytes).CopyTo(bytes[6..]);

        // Version 7, and the variant of RFC 9562.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
