using Verification.Core.Permits;
using Verification.Core.Permits.Events;

namespace Verification.Core.Registry;

/// <summary>One event to record.</summary>
/// <param name="RequestId">The recorder's name for the request, 1 to 64 visible ASCII characters. Others may use the same.</param>
/// <param name="Permit">The permit.</param>
/// <param name="Event">What happened.</param>
/// <param name="RecordedBy">The consumer that records it, at most 64 characters.</param>
public sealed record EventAppend(string RequestId, PermitNumber Permit, PermitEvent Event, string RecordedBy)
{
    /// <summary>The answer where the request id recorded an event before: the same one, or another.</summary>
    /// <param name="revision">The revision of the event recorded.</param>
    /// <param name="permit">Its permit.</param>
    /// <param name="recorded">The event, as it was stored.</param>
    public AppendResult AnswerFrom(long revision, PermitNumber permit, PermitEvent recorded) => new(
        revision,
        AlreadyRecorded: true,
        null,
        RequestIdReused: !new PermitStatement(permit, recorded).Equals(new PermitStatement(Permit, Event)));
}
