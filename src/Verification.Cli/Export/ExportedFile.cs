using Verification.Audit.Reading;
using Verification.Audit.Verifying;

namespace Verification.Cli.Export;

/// <summary>A file of an exported log.</summary>
/// <param name="Folder">The log's folder.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Bytes">What it holds.</param>
internal readonly record struct ExportedFile(string Folder, string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The files of a log, one at a time; its node may be at work.</summary>
    public static IEnumerable<ExportedFile> Of(AuditLogFiles log)
    {
        var folder = Path.GetFileName(log.Path);
        foreach (var (segment, bytes) in SegmentReads.InOrder(log.Segments()))
        {
            // A segment that is still written is longer, and zero behind what was written.
            yield return new ExportedFile(
                folder, Path.GetFileName(segment.Path), bytes.AsMemory(0, bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1));
        }
        foreach (var torn in log.TornTails())
            yield return new ExportedFile(folder, Path.GetFileName(torn), File.ReadAllBytes(torn));
    }
}
