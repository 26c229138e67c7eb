namespace Verification.Core.Permits.Events;

/// <summary>The holder of a work residence permit left the employer.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="LeftOn">The day of leaving, not after <paramref name="On"/>; the time to transfer runs from it.</param>
public sealed record EmploymentEnded(DateOnly On, DateOnly LeftOn) : PermitEvent(On);
