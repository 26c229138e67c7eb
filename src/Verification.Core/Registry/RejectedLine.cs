using Verification.Core.Permits;

namespace Verification.Core.Registry;

/// <summary>A line that an import did not load.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Rejection">Why.</param>
public readonly record struct RejectedLine(long Line, Rejection Rejection);
