namespace Verification.Audit.Storing;

/// <summary>
/// Where a record stands among all that the audit database holds. Places are in the order of the chain, log after log, and never change:
/// a search goes on from one.
/// </summary>
/// <param name="Log">The log, by the number that the database gave it, from 1.</param>
/// <param name="Block">The block's place in the log, from 1.</param>
/// <param name="Record">The record's place in its block, from 0.</param>
public readonly record struct RecordPlace(int Log, long Block, int Record);
