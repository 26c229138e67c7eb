using Permits.Verification.V1;

namespace Verification.Client;

/// <summary>How much a caller may do on each node, and what is left on the one that answered.</summary>
public sealed record PermitLimits
{
    /// <summary>Checks; a batch costs as many as it has.</summary>
    public PermitBudget Checks { get; init; }

    /// <summary>Unknown numbers that are asked for one by one.</summary>
    public PermitBudget UnknownNumbers { get; init; }

    /// <summary>Unknown numbers in batches and on streams.</summary>
    public PermitBudget BatchUnknownNumbers { get; init; }

    /// <summary>Whether it may send batches and open streams, as <see cref="IPermitVerification.VerifyManyAsync"/> does.</summary>
    public bool BatchesAllowed { get; init; }

    /// <summary>Streams open at a time.</summary>
    public int ConcurrentStreams { get; init; }

    /// <summary>Streams that it may open now.</summary>
    public int StreamsLeft { get; init; }

    /// <summary>Wrong identity numbers and card editions for one permit in 24 hours.</summary>
    public int WrongGuessesPerDay { get; init; }

    internal static PermitLimits From(CallerLimits message) => new()
    {
        Checks = PermitBudget.From(message.Checks),
        UnknownNumbers = PermitBudget.From(message.UnknownNumbers),
        BatchUnknownNumbers = PermitBudget.From(message.BatchUnknownNumbers),
        BatchesAllowed = message.BatchesAllowed,
        ConcurrentStreams = message.ConcurrentStreams,
        StreamsLeft = message.StreamsLeft,
        WrongGuessesPerDay = message.WrongGuessesPerDay,
    };
}
