namespace Verification.Audit.Records;

/// <summary>What an answer rests on: with these it can be asked again, and must come out the same.</summary>
/// <param name="Revision">The registry revision that it reflects.</param>
/// <param name="DataAsOf">It reflects every event committed before this instant; kept to the microsecond.</param>
/// <param name="RulebookVersion">The rulebook that decided, at most <see cref="MaxVersionLength"/> characters.</param>
public readonly record struct AuditProvenance(long Revision, DateTimeOffset DataAsOf, string RulebookVersion)
{
    /// <summary>The most characters of a rulebook's version.</summary>
    public const int MaxVersionLength = 64;
}
