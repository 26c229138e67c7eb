using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Core.Registry;

/// <summary>One event to record.</summary>
/// <param name="RequestId">The caller's name for the request, 1 to 64 visible ASCII characters.</param>
/// <param name="Permit">The permit.</param>
/// <param name="Event">What happened.</param>
/// <param name="RecordedBy">The consumer that records it, at most 64 characters.</param>
public sealed record EventAppend(string RequestId, PermitNumber Permit, PermitEvent Event, string RecordedBy);
