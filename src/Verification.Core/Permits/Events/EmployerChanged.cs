namespace Verification.Core.Permits.Events;

/// <summary>The permit was transferred to another employer 聘用单位变更.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="Employer">The new employer.</param>
public sealed record EmployerChanged(DateOnly On, string Employer) : PermitEvent(On);
