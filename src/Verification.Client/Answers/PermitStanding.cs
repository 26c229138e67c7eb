using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>A run of dates with one status and one set of reasons.</summary>
/// <param name="From">The first date; null for the time before issue.</param>
/// <param name="Until">The first date after it; null when it never ends.</param>
/// <param name="Status">The status.</param>
public sealed record PermitStanding(DateOnly? From, DateOnly? Until, PermitStatus Status)
{
    /// <summary>The reasons, in the order of the enum.</summary>
    public IReadOnlyList<StatusReason> Reasons { get; init; } = [];
}
