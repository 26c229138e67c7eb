namespace Verification.Core.Permits.Events;

/// <summary>The card was reissued 补办: its edition rises by one.</summary>
/// <param name="On">The date on which it takes effect.</param>
public sealed record Reissued(DateOnly On) : PermitEvent(On);
