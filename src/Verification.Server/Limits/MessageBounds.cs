using Verification.Core.Rules.Codes;

namespace Verification.Server.Limits;

/// <summary>How much one message may hold, as the contract says.</summary>
internal static class MessageBounds
{
    /// <summary>The most checks of a batch.</summary>
    public const int MaxChecks = 1_000;

    /// <summary>The most entitlements that a check names: as many as there are.</summary>
    public static int MaxEntitlements { get; } = Enum.GetValues<Entitlement>().Length;
}
