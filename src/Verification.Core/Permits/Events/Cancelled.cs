namespace Verification.Core.Permits.Events;

/// <summary>A permit was cancelled 注销.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="Reason">Why, if told.</param>
public sealed record Cancelled(DateOnly On, string? Reason) : PermitEvent(On);
