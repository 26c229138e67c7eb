
namespace Verification.Audit.Verifying;

/// <summary>What a seal's head is worth.</summary>
internal enum HeadState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>A known key signed it.</summary>
    Signed,

    /// <summary>It names a key that is not known.</summary>
    UnknownKey,

    /// <summary>It is no signature of the key that it names.</summary>
    Wrong,
}
