using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Verification.Audit.Storing;
using Verification.Server.Messages;

namespace Verification.Server.AuditReading;

/// <summary>
/// Where a search goes on, as callers bring it back: the place of the last record told, bound to the search. Places never change, so a
/// token holds on every node and for good.
/// </summary>
internal static class PageToken
{
    private const int SearchSize = 8;
    private const int Size = SearchSize + sizeof(int) + sizeof(long) + sizeof(int);

    /// <summary>The token that goes on behind a record.</summary>
    public static string Write(Search search, RecordPlace place)
    {
        Span<byte> bytes = stackalloc byte[Size];
        WriteName(search, bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[SearchSize..], place.Log);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(SearchSize + sizeof(int))..], place.Block);
        BinaryPrimitives.WriteInt32BigEndian(bytes[(Size - sizeof(int))..], place.Record);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token; null where there is none, or a wrong one, which is noted in <paramref name="fields"/>.</summary>
    public static RecordPlace? Read(string token, Search search, FieldReader fields)
    {
        if (token.Length == 0)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Size];
        Span<byte> name = stackalloc byte[SearchSize];
        WriteName(search, name);
        if (!Base64Url.IsValid(token, out var length)
            || length != Size
            || !Base64Url.TryDecodeFromChars(token, bytes, out _)
            || !bytes.StartsWith(name))
        {
            fields.Refuse("page_token", FieldFault.NoPageToken());
            return null;
        }

        return new RecordPlace(
            BinaryPrimitives.ReadInt32BigEndian(bytes[SearchSize..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[(SearchSize + sizeof(int))..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[(Size - sizeof(int))..]));
    }

    private static void WriteName(Search search, Span<byte> destination) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(search.Text)).AsSpan(0, SearchSize).CopyTo(destination);
}
