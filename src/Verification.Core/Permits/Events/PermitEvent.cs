namespace Verification.Core.Permits.Events;

/// <summary>Something that the registry recorded about one permit (policy §1). The subtypes are all there are; <see cref="EventTypes"/> lists them.</summary>
/// <param name="On">The date on which it takes effect.</param>
public abstract record PermitEvent(DateOnly On)
{
    /// <summary>The event's name in a registry file, as in <c>employment_ended</c> (policy §7).</summary>
    public string Name => EventTypes.Of(this).Name;
}
