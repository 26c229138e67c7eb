namespace Verification.Core.Rules;

/// <summary>Whose view of a permit's standing (policy §9).</summary>
public enum StandingView : byte
{
    /// <summary>Everyone's but the authority's: without the notices that <see cref="Rulebook.HiddenReasons"/> names.</summary>
    Restricted = 0,

    /// <summary>The issuing authority's: every reason.</summary>
    Authority = 1,
}
