namespace Verification.Core.Rules.Dates;

/// <summary>A length of time in calendar months.</summary>
/// <param name="Count">How many; 12 to a year.</param>
public readonly record struct Months(int Count);
