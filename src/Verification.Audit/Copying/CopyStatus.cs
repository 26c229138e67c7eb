namespace Verification.Audit.Copying;

/// <summary>How far the audit database is behind a node's logs.</summary>
/// <param name="BytesBehind">The bytes that may be copied and are not.</param>
/// <param name="OldestNotCopied">When the oldest of them came, about; null where there are none, or it cannot be told.</param>
/// <param name="Error">Why the last attempt failed; null where it did not.</param>
public sealed record CopyStatus(long BytesBehind, DateTimeOffset? OldestNotCopied, string? Error);
