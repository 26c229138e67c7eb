namespace Verification.Audit.Format;

/// <summary>Which fields a record has. They stand in the order of their bits; the instant, which every record has, before the item, and
/// the message's identifier before the number.</summary>
[Flags]
internal enum RecordFields : uint
{
    None = 0,
    Consumer = 1 << 0,
    Entitlements = 1 << 1,
    Decisions = 1 << 2,
    Answer = 1 << 3,
    FirstNotValid = 1 << 4,
    Role = 1 << 5,
    Refusal = 1 << 6,
    AsOf = 1 << 7,
    Through = 1 << 8,
    CardEdition = 1 << 9,
    KnownAt = 1 << 10,
    Provenance = 1 << 11,
    Item = 1 << 12,

    /// <summary>The message's identifier is that of the record before it in the block, and is left out.</summary>
    SameMessage = 1 << 13,

    /// <summary>The identifier's first six bytes are the instant's milliseconds, and are left out.</summary>
    MessageAtInstant = 1 << 14,
    Reference = 1 << 15,
    Note = 1 << 16,
    Number = 1 << 17,
    Identity = 1 << 18,

    /// <summary>Every field that this version knows.</summary>
    All = (1 << 19) - 1,
}
