namespace Verification.Core.Permits.Events;

/// <summary>A work residence permit was renewed 续签.</summary>
/// <param name="On">The date on which it takes effect.</param>
public sealed record Renewed(DateOnly On) : PermitEvent(On);
