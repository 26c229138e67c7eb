namespace Verification.Core.Rules.Codes;

/// <summary>Whether the card shown is the permit's current one (policy §3, reissue 补办).</summary>
public enum CardMatch : byte
{
    /// <summary>No edition was sent, or there is no permit.</summary>
    NotChecked = 1,

    /// <summary>It is the current edition.</summary>
    Current = 2,

    /// <summary>A later edition was issued.</summary>
    Superseded = 3,

    /// <summary>No card of this edition was issued by that date.</summary>
    NotIssued = 4,
}
