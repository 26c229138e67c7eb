using Verification.Audit.Format;

namespace Verification.Audit.Storing;

/// <summary>How far the audit database holds a log: what it confirms, asked anew after every connect.</summary>
/// <param name="Block">The last block's place in the log.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="Offset">Where it ends there.</param>
public sealed record CopiedEnd(long Block, BlockHash Hash, int Segment, int Offset);
