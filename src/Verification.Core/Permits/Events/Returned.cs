namespace Verification.Core.Permits.Events;

/// <summary>The bureau returned the card.</summary>
/// <param name="On">The date on which it takes effect.</param>
public sealed record Returned(DateOnly On) : PermitEvent(On);
