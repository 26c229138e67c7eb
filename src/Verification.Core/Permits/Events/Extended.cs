namespace Verification.Core.Permits.Events;

/// <summary>A residence registration card was extended.</summary>
/// <param name="On">The date on which it takes effect.</param>
public sealed record Extended(DateOnly On) : PermitEvent(On);
