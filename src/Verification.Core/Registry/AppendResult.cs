using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>What became of an event.</summary>
/// <param name="Revision">The revision that the request made, when it was first recorded; 0 when it was refused.</param>
/// <param name="AlreadyRecorded">Whether a request of this id had been recorded before: then nothing changed.</param>
/// <param name="Rejection">Why it was refused; null when it is recorded.</param>
/// <param name="RequestIdReused">Whether the request recorded before was another one: this one's event is not recorded.</param>
public readonly record struct AppendResult(long Revision, bool AlreadyRecorded, Rejection? Rejection, bool RequestIdReused = false);
