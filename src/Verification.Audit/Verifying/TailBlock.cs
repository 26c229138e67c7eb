using Verification.Audit.Format;
using Verification.Audit.Reading;

namespace Verification.Audit.Verifying;

/// <summary>A block, or what there is of one, that no head covers.</summary>
/// <param name="Segment">Its segment.</param>
/// <param name="Extent">What its bytes tell; broken where they are no block.</param>
/// <param name="BytesEnd">Where the last of its segment's bytes that is not zero ends.</param>
internal sealed record TailBlock(AuditSegmentFile Segment, BlockExtent Extent, int BytesEnd)
{
    /// <summary>What it is, where a later head shows that it was final.</summary>
    public AuditFinding AsAltered(string detail) => Finding(FindingKind.Altered, detail);

    /// <summary>What it is, where it stands at the end.</summary>
    public AuditFinding AsTail() => Extent.State == BlockState.Broken
        ? Finding(FindingKind.TornTail, $"{BytesEnd - Extent.FramesEnd} bytes that no head covers are no whole records: {Extent.Fault}")
        : Finding(FindingKind.NotUnderHead, $"{Extent.Records} records that no head covers yet");

    private AuditFinding Finding(FindingKind kind, string detail) =>
        new(kind, Segment.Path, Segment.Ordinal, Extent.Header.Sequence is var block and > 0 ? block : null, Extent.FramesEnd, detail);
}
