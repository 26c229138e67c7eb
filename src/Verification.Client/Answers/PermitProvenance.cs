using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>
/// What an answer rests on. The same check with <see cref="PermitCheck.KnownAtRevision"/>, <see cref="PermitCheck.RulebookVersion"/> and
/// <see cref="PermitCheck.AsOf"/> set to what an answer says gives the same verdict for ever.
/// </summary>
public sealed record PermitProvenance
{
    /// <summary>Names the check in the service's audit log: keep it with the case.</summary>
    public string CheckId { get; init; } = "";

    /// <summary>The registry's revision that the answer reflects, exactly.</summary>
    public long Revision { get; init; }

    /// <summary>The answer reflects every event committed before this instant of the registry's clock.</summary>
    public DateTimeOffset DataAsOf { get; init; }

    /// <summary>The rulebook that the answer was made under.</summary>
    public string RulebookVersion { get; init; } = "";

    /// <summary>Where the facts came from; for callers in role <c>operate</c> only.</summary>
    public Source Source { get; init; }

    internal static PermitProvenance From(Provenance? message) => message?.DataAsOf is { } instant
        ? new()
        {
            CheckId = message.CheckId,
            Revision = message.Revision,
            DataAsOf = instant.ToDateTimeOffset(),
            RulebookVersion = message.RulebookVersion,
            Source = message.Source,
        }
        : throw AnswerCheck.Broken("it does not say what it rests on");
}
