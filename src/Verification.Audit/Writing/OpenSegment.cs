using Verification.Audit.Files;
using Verification.Audit.Format;

namespace Verification.Audit.Writing;

/// <summary>A segment that is written.</summary>
internal sealed class OpenSegment(IAuditFile file, int ordinal, string path)
{
    public IAuditFile File => file;

    public int Ordinal => ordinal;

    public string Path => path;

    /// <summary>Where the next byte goes.</summary>
    public int Position { get; set; } = SegmentHeader.Size;

    /// <summary>Whether there is room for one more record, and to end everything behind it.</summary>
    public bool HasRoom => Position + Layout.MaxAppend + Layout.Reserve <= file.Bytes.Length;
}
