using Verification.Audit.Format;
using Verification.Audit.Keys;

namespace Verification.Audit.Verifying;

/// <summary>Judges the heads of seals.</summary>
internal static class Heads
{
    /// <summary>What the head of a seal is worth.</summary>
    public static HeadState StateOf(ReadOnlySpan<byte> seal, Guid logId, int segment, KeyRing keys) =>
        !Seal.HasHead(seal) ? HeadState.None
        : keys.Find(Seal.KeyIn(seal)) is not { } key ? HeadState.UnknownKey
        : Seal.IsSigned(seal, logId, segment, key) ? HeadState.Signed : HeadState.Wrong;

    /// <summary>Whether it makes what it covers final. An unknown key's does too: it may well be one.</summary>
    public static bool Covers(HeadState state) => state is HeadState.Signed or HeadState.UnknownKey;
}
