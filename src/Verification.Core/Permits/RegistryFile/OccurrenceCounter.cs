using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Verification.Core.Permits.Events;

namespace Verification.Core.Permits.RegistryFile;

/// <summary>
/// Counts which of a file's lines that say the same each line is. Keeps a fingerprint of what was said and a count, at most 24 bytes
/// for each line. For one file; not safe for concurrent use.
/// </summary>
/// <remarks>
/// A fingerprint is 104 bits of SHA-256 under a key of this counter's own. Two statements of one fingerprint would be counted as one,
/// and the second be tried although it is recorded; a line that is not recorded would be tried all the same, as what a permit holds
/// is compared in full. In a file of 10^8 lines the chance of one such pair is less than 10^-15, whoever wrote the file.
/// </remarks>
public sealed class OccurrenceCounter
{
    private const int KeySize = 16;
    private const int HeadSize = KeySize + PermitNumber.MaxLength + sizeof(int);

    private readonly FingerprintTable _counts = new();
    private byte[] _message = new byte[1_024];

    /// <summary>A counter of a file's lines, from its first.</summary>
    public OccurrenceCounter() => RandomNumberGenerator.Fill(_message.AsSpan(0, KeySize));

    /// <summary>The bytes that the counts take.</summary>
    public long Bytes => _counts.Bytes;

    /// <summary>Counts a line.</summary>
    /// <returns>Which of the file's lines that say so it is, from 1.</returns>
    public int Count(PermitStatement statement)
    {
        // The message is a longer array where what was said is longer than ever before: first written, then looked at.
        var length = Write(statement);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_message.AsSpan(0, length), hash);
        return _counts.Increment(hash);
    }

    /// <summary>Writes a statement behind the key, each part so that it cannot be taken for another.</summary>
    /// <returns>The length of all.</returns>
    private int Write(PermitStatement statement)
    {
        var happening = statement.Event;
        var payload = statement.Fields ?? string.Empty;
        var length = HeadSize + happening.Name.Length + 1 + payload.Length;
        if (_message.Length < length)
        {
            Array.Resize(ref _message, length * 2);
        }

        // The permit's number varies in length: a fixed field, filled with zeros. Names and payloads are ASCII.
        var message = _message.AsSpan();
        var permit = message.Slice(KeySize, PermitNumber.MaxLength);
        permit.Clear();
        statement.Permit.TryFormat(permit, out _);
        BinaryPrimitives.WriteInt32LittleEndian(message[(HeadSize - sizeof(int))..], happening.On.DayNumber);
        Encoding.ASCII.GetBytes(happening.Name, message[HeadSize..]);
        message[HeadSize + happening.Name.Length] = 0;
        Encoding.ASCII.GetBytes(payload, message[(HeadSize + happening.Name.Length + 1)..]);
        return length;
    }
}
