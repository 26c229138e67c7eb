using Verification.Audit.Format;

namespace Verification.Audit.Writing;

/// <summary>How far a log is on the disk and under signed heads: what may be copied.</summary>
/// <param name="Segment">The segment of the last such block.</param>
/// <param name="Offset">Where that block ends in it.</param>
/// <param name="Block">Its place in the log; 0 where there is none yet.</param>
/// <param name="Hash">Its hash.</param>
public sealed record FlushedEnd(int Segment, int Offset, long Block, BlockHash Hash);
