namespace Verification.Core.Rules.Codes;

/// <summary>Whose view of a permit's standing (policy §9).</summary>
public enum StandingView : byte
{
    /// <summary>Everyone's but the authority's: without the notices that the rulebook hides.</summary>
    Restricted = 0,

    /// <summary>The issuing authority's: every reason.</summary>
    Authority = 1,
}
