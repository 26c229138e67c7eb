namespace Verification.Core.Rules.Codes;

/// <summary>Whether a permit gives an entitlement (policy §8).</summary>
public enum Decision : byte
{
    /// <summary>It does.</summary>
    Conferred = 1,

    /// <summary>It does where the condition that the basis names is met too.</summary>
    Conditional = 2,

    /// <summary>It does not.</summary>
    NotConferred = 3,
}
