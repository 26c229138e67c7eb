using Verification.Audit.Format;

namespace Verification.Audit.Reading;

/// <summary>One segment of a log.</summary>
/// <param name="LogId">The log's id.</param>
/// <param name="Ordinal">Its place in the log, from 1.</param>
/// <param name="Path">Its file.</param>
/// <param name="IsDeleted">Whether it was deleted, and the file holds no more than its ends.</param>
public sealed record AuditSegmentFile(Guid LogId, int Ordinal, string Path, bool IsDeleted)
{
    private const int FirstRead = 512 << 10;

    /// <summary>
    /// Its blocks from an offset on, up to the first that has no signed head yet: all of what is on the disk for certain. A node may
    /// be writing the segment; who comes again goes on at the last block's <see cref="AuditBlock.End"/>.
    /// </summary>
    /// <remarks>Hashes and signatures are not checked; see <c>AuditVerifier</c>. None where the segment was deleted.</remarks>
    /// <param name="offset">0, or where a block ends.</param>
    /// <exception cref="IOException">The file cannot be read, or is gone.</exception>
    public IEnumerable<AuditBlock> Blocks(int offset = 0)
    {
        if (IsDeleted)
        {
            yield break;
        }

        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var window = FirstRead;
        for (; ; )
        {
            var bytes = new byte[(int)Math.Min(window, Math.Max(0, RandomAccess.GetLength(file) - offset))];
            var length = ReadFully(file, bytes, offset);
            var read = 0;
            while (AuditBlock.TryFind(LogId, Ordinal, offset, bytes.AsMemory(0, length)[read..], out var block))
            {
                yield return block;
                read += block.Bytes.Length;
                offset = block.End;
            }

            if (read == 0 && (length < window || window > Layout.MaxBlock || !RunsOn(bytes.AsSpan(0, length))))
            {
                yield break;
            }

            // A block larger than what was read: more of it.
            window = read == 0 ? window * 2 : FirstRead;
        }
    }

    /// <summary>Whether a block's frames go on to the end of what was read.</summary>
    private static bool RunsOn(ReadOnlySpan<byte> bytes) =>
        BlockExtent.Find(bytes, 0).FramesEnd + Layout.MaxBody + Frame.Overhead + Seal.Size > bytes.Length;

    private static int ReadFully(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> bytes, long offset)
    {
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(file, bytes[length..], offset + length) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }
}
