namespace Verification.Core.Permits.Events;

/// <summary>A residence permit was endorsed 签注.</summary>
/// <param name="On">The date on which it takes effect.</param>
public sealed record Endorsed(DateOnly On) : PermitEvent(On);
