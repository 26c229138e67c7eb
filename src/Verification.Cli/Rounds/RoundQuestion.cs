using Google.Type;
using Permits.Verification.V1;

namespace Verification.Cli.Rounds;

/// <summary>What is asked about all rows.</summary>
/// <param name="Entitlements">What to decide; none means all that the caller may see.</param>
/// <param name="AsOf">The date; null means the first batch's today.</param>
/// <param name="Through">The last day, of those on which the permit must be valid; null asks of none.</param>
/// <param name="KnownAt">The revision; null means the first batch's.</param>
/// <param name="Rulebook">The rulebook; null means the one in use.</param>
internal sealed record RoundQuestion(
    IReadOnlyList<Entitlement> Entitlements, Date? AsOf, Date? Through, long? KnownAt, string? Rulebook);
