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

    /// <summary>Whether it is being closed: all of it is on the disk then, and its bytes may be gone from memory.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether what stands before <see cref="Position"/> is blocks, one behind the other, each of whole records.</summary>
    public bool IsWhole
    {
        get
        {
            var bytes = file.Bytes[..Position];
            for (var at = 0; at < Position && Position > SegmentHeader.Size;)
            {
                var block = BlockExtent.Find(bytes, at);
                if (block.State != BlockState.Ended)
                {
                    return block.State == BlockState.Open && block.FramesEnd == Position;
                }

                at = block.End;
            }

            return true;
        }
    }

    /// <summary>Whether there is room for one more record, and to end everything behind it.</summary>
    public bool HasRoom => Position + Layout.MaxAppend + Layout.Reserve <= file.Bytes.Length;
}
