using System.Collections.Immutable;
using Verification.Core.Rules.Dates;
using Verification.Core.Rules.Kinds;

namespace Verification.Core.Rules.Timelines;

/// <summary>What a permit's events said of term, card and family, from a date on.</summary>
/// <param name="From">The first date.</param>
/// <param name="ExpiresOn">The first date after the term or endorsement; <see cref="Calendar.Never"/> when it has no end.</param>
/// <param name="Edition">The card's edition, from 1.</param>
/// <param name="Family">The accompanying family 随往人员.</param>
public sealed record PermitRecord(DateOnly From, DateOnly ExpiresOn, int Edition, ImmutableArray<Dependant> Family);
