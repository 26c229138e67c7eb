namespace Verification.Core.Rules.Codes;

/// <summary>Whether the identity number of a check is on the permit in the role asked for (policy §8).</summary>
public enum SubjectMatch : byte
{
    /// <summary>None was sent, or the registry holds none to compare with.</summary>
    NotChecked = 1,

    /// <summary>It is.</summary>
    Matched = 2,

    /// <summary>It is not.</summary>
    NotMatched = 3,
}
