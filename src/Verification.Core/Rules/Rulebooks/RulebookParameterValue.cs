namespace Verification.Core.Rules.Rulebooks;

/// <summary>A parameter's value from a date on, as a person reads it.</summary>
/// <param name="From">The first date on which it applies.</param>
/// <param name="Value">The value with its unit, as in <c>24 months</c>.</param>
/// <param name="Source">The source it rests on, as in <c>[A §1.4]</c>.</param>
public sealed record RulebookParameterValue(DateOnly From, string Value, string Source);
