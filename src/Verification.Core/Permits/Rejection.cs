using Verification.Core.Words;

namespace Verification.Core.Permits;

/// <summary>Why an event is refused.</summary>
/// <param name="Code">The code.</param>
/// <param name="Detail">What is wrong, for a person; names fields and dates, never an identity number.</param>
public sealed record Rejection(RejectCode Code, Wording Detail);
