namespace Verification.Core.Permits.Events;

/// <summary>Cancellation was deferred at the holder's request 个人延期注销.</summary>
/// <param name="On">The date on which it takes effect.</param>
/// <param name="Until">The last day on which the transfer may now be filed.</param>
/// <param name="Employer">The employer that the holder means to join.</param>
public sealed record CancellationDeferred(DateOnly On, DateOnly Until, string Employer) : PermitEvent(On);
