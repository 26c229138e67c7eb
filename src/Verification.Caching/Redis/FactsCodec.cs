using System.Security.Cryptography;
using System.Text;
using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Caching.Redis;

/// <summary>
/// Facts as bytes, sealed: one version byte, the revision read at, the events, and a MAC over those and over what they belong to,
/// the epoch of the registry and the permit. So no value passes for another's, whoever moved it.
/// </summary>
internal class FactsCodec(byte[] key)
{
    /// <summary>The fewest bytes of a key.</summary>
    public const int MinKeySize = 32;

    private const byte Version = 1;
    private const int MacSize = 16;
    private const int EventsAt = 1 + sizeof(long);

    /// <summary>Seals facts.</summary>
    public virtual byte[] Seal(Guid cacheId, CachedFacts facts)
    {
        using var bytes = new MemoryStream(256);
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(facts.ReadAt);
            writer.Write7BitEncodedInt(facts.History.Events.Length);
            foreach (var recorded in facts.History.Events)
            {
                Write(writer, recorded);
            }

            writer.Flush();
            Span<byte> mac = stackalloc byte[MacSize];
            ComputeMac(cacheId, facts.History.Number, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), mac);
            writer.Write(mac);
        }

        return bytes.ToArray();
    }

    /// <summary>Opens what <see cref="Seal"/> made for this epoch and this permit with this key, and nothing else.</summary>
    /// <returns>Null when it is the facts; otherwise why it is not, as a metric's tag.</returns>
    public virtual string? TryOpen(Guid cacheId, PermitNumber number, byte[] value, out CachedFacts? facts)
    {
        facts = null;
        if (value.Length < EventsAt + MacSize)
        {
            return "length";
        }

        if (value[0] != Version)
        {
            return "version";
        }

        Span<byte> mac = stackalloc byte[MacSize];
        ComputeMac(cacheId, number, value.AsSpan(..^MacSize), mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, value.AsSpan(^MacSize..)))
        {
            return "mac";
        }

        try
        {
            facts = Read(number, value);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException)
        {
            // Sealed by a node that knows events which this one does not: a newer version of the product.
            return "facts";
        }
    }

    private static CachedFacts Read(PermitNumber number, byte[] value)
    {
        using var reader = new BinaryReader(new MemoryStream(value, 1, value.Length - 1 - MacSize), Encoding.UTF8);
        var readAt = reader.ReadInt64();
        var events = new RecordedEvent[reader.Read7BitEncodedInt()];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = ReadEvent(reader);
        }

        return new CachedFacts(new PermitHistory(number, [.. events]), readAt);
    }

    private static void Write(BinaryWriter writer, RecordedEvent recorded)
    {
        var payload = EventPayload.Write(recorded.Event);
        writer.Write7BitEncodedInt64(recorded.Revision);
        writer.Write(recorded.Event.Name);
        writer.Write(recorded.Event.On.DayNumber);
        writer.Write(payload is not null);
        if (payload is not null)
        {
            writer.Write(payload);
        }

        writer.Write(recorded.RecordedAt.UtcTicks);
        writer.Write(recorded.RecordedBy);
    }

    private static RecordedEvent ReadEvent(BinaryReader reader)
    {
        var revision = reader.Read7BitEncodedInt64();
        var name = reader.ReadString();
        var on = DateOnly.FromDayNumber(reader.ReadInt32());
        var happening = EventPayload.Read(name, on, reader.ReadBoolean() ? reader.ReadString() : null);
        return new RecordedEvent(revision, happening, new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), reader.ReadString());
    }

    /// <summary>HMAC-SHA256, shortened, over epoch, number (its length first, so that nothing runs into the next) and body.</summary>
    private void ComputeMac(Guid cacheId, PermitNumber number, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        Span<byte> belongsTo = stackalloc byte[16 + 1 + PermitNumber.MaxLength];
        cacheId.TryWriteBytes(belongsTo);
        number.TryFormat(belongsTo[17..], out var length);
        belongsTo[16] = (byte)length;

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(belongsTo[..(17 + length)]);
        hash.AppendData(body);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        whole[..MacSize].CopyTo(mac);
    }
}
