using System.Collections.Immutable;

namespace Verification.Core.Rules.Rulebooks;

/// <summary>A parameter as a person reads it.</summary>
/// <param name="Name">Its name, as in <c>work_residence_permit.term</c>.</param>
/// <param name="Description">What it means.</param>
/// <param name="AppliesBy">The date that picks the value.</param>
/// <param name="Values">Its values, in order of date; the first applies from the beginning of the calendar.</param>
public sealed record RulebookParameter(
    string Name, string Description, string AppliesBy, ImmutableArray<RulebookParameterValue> Values);
