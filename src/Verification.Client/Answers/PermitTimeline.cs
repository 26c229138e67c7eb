using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>How a permit's standing changed and, if no further event comes, will change.</summary>
public sealed record PermitTimeline
{
    /// <summary>The number in canonical form.</summary>
    public required string PermitNumber { get; init; }

    /// <summary>What kind of permit it is; unspecified for an unknown permit only.</summary>
    public PermitKind Kind { get; init; }

    /// <summary>In order of date, without gaps; neighbours differ. Starts with the time before issue; empty for an unknown permit.</summary>
    public IReadOnlyList<PermitStanding> Standings { get; init; } = [];

    /// <summary>What the answer rests on.</summary>
    public PermitProvenance Provenance { get; init; } = new();

    /// <summary>Whether the registry knows the permit.</summary>
    public bool IsKnown => Standings.Count > 0;

    /// <summary>The standing on a date; null for an unknown permit.</summary>
    public PermitStanding? On(DateOnly date) =>
        Standings.FirstOrDefault(standing => (standing.From is not { } from || from <= date) && (standing.Until is not { } until || date < until));

    /// <summary>Kind and number of standings, for a log: no number of a permit.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kind} with {Standings.Count} standings (check {Provenance.CheckId})");

    internal static PermitTimeline From(GetTimelineResponse answer) => new()
    {
        PermitNumber = answer.PermitNumber,
        Kind = answer.Kind,
        Standings =
        [
            .. answer.Segments.Select(segment => new PermitStanding(segment.From.ToDate(), segment.Until.ToDate(), segment.Status)
            {
                Reasons = [.. segment.Reasons],
            }),
        ],
        Provenance = PermitProvenance.From(answer.Provenance),
    };
}
