namespace Verification.Audit.Format;

/// <summary>One block among the bytes of a segment, by its frames alone: hashes and signatures are not looked at.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="Start">Where it begins, the segment's header included.</param>
/// <param name="HeaderStart">Where its own header stands.</param>
/// <param name="Header">Its header; the default where it has none that is whole.</param>
/// <param name="FramesEnd">Where its last whole frame ends: there its seal stands, or what breaks it.</param>
/// <param name="Records">How many records it has up to there.</param>
/// <param name="Seal">What its seal says, where it was ended.</param>
/// <param name="Fault">What is wrong, where it is broken.</param>
internal readonly record struct BlockExtent(
    BlockState State, int Start, int HeaderStart, BlockHeader Header, int FramesEnd, int Records, Seal Seal, string? Fault)
{
    /// <summary>Where it ends, where it was ended.</summary>
    public int End => FramesEnd + Seal.Size;

    /// <summary>Finds the extent of the block at a place in a segment's bytes, or of a block that was copied out of one.</summary>
    public static BlockExtent Find(ReadOnlySpan<byte> bytes, int start)
    {
        var headerStart = bytes[start..].StartsWith(SegmentHeader.Magic) ? start + SegmentHeader.Size : start;
        if (headerStart >= bytes.Length || bytes[headerStart..].IndexOfAnyExcept((byte)0) < 0)
        {
            return new BlockExtent(BlockState.None, start, headerStart, default, headerStart, 0, default, null);
        }

        if (BlockHeader.Read(bytes[headerStart..]) is not { } header)
        {
            return new BlockExtent(BlockState.Broken, start, headerStart, default, headerStart, 0, default, "no whole block header");
        }

        var at = headerStart + BlockHeader.Size;
        var records = 0;
        for (; ; )
        {
            var body = Frame.BodyIn(bytes[at..]);
            if (body.IsEmpty)
            {
                break;
            }

            records += EntryEncoder.IsEntry(body) ? 0 : 1;
            at += body.Length + Frame.Overhead;
        }

        var found = new BlockExtent(BlockState.Open, start, headerStart, header, at, records, default, null);
        var rest = bytes[at..];
        return rest.IndexOfAnyExcept((byte)0) < 0 ? found
            : Seal.Read(rest) is not { } seal ? found with { State = BlockState.Broken, Fault = "neither a whole record nor a whole seal" }
            : seal.Sequence != header.Sequence || seal.Records != records || seal.Length != at - start
                ? found with { State = BlockState.Broken, Fault = "a seal that does not fit its block" }
                : found with { State = BlockState.Ended, Seal = seal };
    }
}
