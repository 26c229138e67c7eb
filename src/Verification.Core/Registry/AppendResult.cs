using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>What became of an event.</summary>
/// <param name="Revision">The revision that it made, when it was first recorded; 0 when it was refused.</param>
/// <param name="AlreadyRecorded">Whether the request had been recorded before.</param>
/// <param name="Rejection">Why it was refused; null when it is recorded.</param>
public readonly record struct AppendResult(long Revision, bool AlreadyRecorded, Rejection? Rejection);
