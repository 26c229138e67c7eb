using System.Collections.Immutable;
using Verification.Core.Rules.Kinds;

namespace Verification.Core.Rules.Timelines;

/// <summary>What becomes a <see cref="PermitRecord"/>.</summary>
/// <param name="From">The first date.</param>
/// <param name="ExpiresOn">The first date after the term or endorsement.</param>
/// <param name="Edition">The card's edition.</param>
/// <param name="Family">The accompanying family.</param>
internal readonly record struct TermRecord(DateOnly From, DateOnly ExpiresOn, int Edition, ImmutableArray<Dependant> Family);
