namespace Verification.Core.Permits.Events;

/// <summary>A residence registration card was exchanged for a residence permit 卡换证.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="NewPermit">The number of the new permit; it need not exist yet.</param>
public sealed record Exchanged(DateOnly On, PermitNumber NewPermit) : PermitEvent(On);
