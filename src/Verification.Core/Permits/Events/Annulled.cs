namespace Verification.Core.Permits.Events;

/// <summary>
/// An earlier event was recorded by mistake 更正 (policy §7a): from this one's revision on the permit is as if it had never been. It is
/// never itself an effective event.
/// </summary>
/// <param name="On">The date of the annulment, which limits nothing.</param>
/// <param name="Target">The place of the event among all events of the permit, from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record Annulled(DateOnly On, int Target, string Reason) : PermitEvent(On);
