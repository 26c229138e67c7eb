using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>Which permit's timeline to ask for.</summary>
/// <param name="PermitNumber">The permit's number, as in a <see cref="PermitCheck"/>.</param>
public sealed record PermitTimelineQuery(string PermitNumber)
{
    /// <summary>Who wants to benefit; compared only, where the caller must bring an identity number with every question. Default: nobody.</summary>
    public PermitSubject? Subject { get; init; }

    /// <summary>How fresh the answer must be. Default: at most 5 seconds old.</summary>
    public PermitFreshness? Freshness { get; init; }

    /// <summary>The registry's revision to answer as of. Default: the latest.</summary>
    public long? KnownAtRevision { get; init; }

    /// <summary>The rulebook to answer under, which needs the role <c>audit</c>. Default: today's.</summary>
    public string? RulebookVersion { get; init; }

    /// <summary>As in <see cref="PermitCheck.ToString"/>.</summary>
    public override string ToString() => nameof(PermitTimelineQuery);

    internal GetTimelineRequest ToMessage()
    {
        var message = new GetTimelineRequest
        {
            PermitNumber = PermitNumber,
            Subject = Subject?.ToMessage(),
            Freshness = Freshness?.ToMessage(),
            RulebookVersion = RulebookVersion ?? "",
        };
        if (KnownAtRevision is { } revision)
            message.KnownAtRevision = revision;
        return message;
    }
}
