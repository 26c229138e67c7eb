namespace Verification.Server.Checks;

/// <summary>What day it is in Beijing.</summary>
/// <param name="Date">The date by this node's clock.</param>
/// <param name="IsCertain">Whether the clock can be right; otherwise a check must say which date it is for.</param>
/// <param name="LatestAsOf">
/// The last date that a check may be for: five years ahead of the date, or of the newest event where a clock that runs behind says an
/// earlier one.
/// </param>
internal readonly record struct Day(DateOnly Date, bool IsCertain, DateOnly LatestAsOf);
