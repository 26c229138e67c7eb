using System.Buffers.Binary;
using System.Text;
using Verification.Audit.Reading;
using Verification.Audit.Records;

namespace Verification.Audit.Storing.Searching;

/// <summary>Whether records fit a query.</summary>
internal sealed class RecordMatch
{
    private readonly AuditQuery _query;
    private readonly List<byte[]> _parts = [];

    /// <summary>By a query.</summary>
    public RecordMatch(AuditQuery query)
    {
        _query = query;
        if (query.CheckId is { } id)
        {
            // Its first six bytes may be left out, and all of it where the record before in the block has the same.
            _parts.Add(id.Message.ToByteArray(bigEndian: true)[6..]);
        }

        if (query.Permit is { } permit)
        {
            var word = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(word, (ulong)(permit.Packed >> 64));
            _parts.Add(word);
        }

        foreach (var text in new[] { query.Consumer, query.Reference })
        {
            if (text is not null)
            {
                _parts.Add(Encoding.UTF8.GetBytes(text));
            }
        }
    }

    /// <summary>Whether a block may have a record that fits: what is looked for stands in it byte for byte. Reads none of its records.</summary>
    public bool MayBeIn(AuditBlock block) => _parts.TrueForAll(part => block.Bytes.Span.IndexOf(part) >= 0);

    /// <summary>Whether a record fits.</summary>
    public bool Fits(AuditRecord record) =>
        (_query.CheckId is not { } id || record.CheckId == id)
        && (_query.Permit is not { } permit || record.Number == permit)
        && (_query.Consumer is not { } consumer || record.Consumer?.Name == consumer)
        && (_query.Reference is not { } reference || record.Reference.ToString() == reference)
        && (_query.From is not { } from || record.Instant >= from)
        && (_query.Until is not { } until || record.Instant < until);
}
