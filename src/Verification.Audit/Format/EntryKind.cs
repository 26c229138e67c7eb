namespace Verification.Audit.Format;

/// <summary>What a dictionary entry of a block is. As the first byte of a frame's body it is told from a record's call by its highest bit.</summary>
internal enum EntryKind : byte
{
    /// <summary>A consumer's class, and its name.</summary>
    Consumer = 0x81,

    /// <summary>A rulebook's version.</summary>
    Rulebook = 0x82,

    /// <summary>Entitlements asked for, a byte each.</summary>
    Entitlements = 0x83,

    /// <summary>Decisions, three bytes each: entitlement, decision, basis.</summary>
    Decisions = 0x84,

    /// <summary>Why there was no answer.</summary>
    Reason = 0x85,
}
