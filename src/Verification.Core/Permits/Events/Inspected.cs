namespace Verification.Core.Permits.Events;

/// <summary>A work residence permit passed the annual inspection 年检.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="Channel">The way it was made.</param>
public sealed record Inspected(DateOnly On, InspectionChannel Channel) : PermitEvent(On);
