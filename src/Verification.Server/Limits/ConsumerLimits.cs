using System.ComponentModel.DataAnnotations;

namespace Verification.Server.Limits;

/// <summary>How much a consumer may do, on each node.</summary>
internal sealed record ConsumerLimits : IValidatableObject
{
    /// <summary>The defaults.</summary>
    public static ConsumerLimits Default { get; } = new();

    /// <summary>Checks that are added to its budget each second; a batch costs as many as it has.</summary>
    [Range(1, 1_000_000_000)]
    public int ChecksPerSecond { get; init; } = 1_000;

    /// <summary>The most checks that the budget holds.</summary>
    [Range(1, 1_000_000_000)]
    public int CheckBurst { get; init; } = 5_000;

    /// <summary>Unknown numbers, asked for one by one, that are added to their budget each minute.</summary>
    [Range(1, 1_000_000_000)]
    public int UnknownPerMinute { get; init; } = 60;

    /// <summary>The most unknown numbers that their budget holds.</summary>
    [Range(1, 1_000_000_000)]
    public int UnknownBurst { get; init; } = 200;

    /// <summary>
    /// Unknown numbers that are added each minute to the budget that batches and streams share, so that they do not use up that of single
    /// checks. Null: as many as to the other.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public int? BatchUnknownPerMinute { get; init; }

    /// <summary>The most unknown numbers that the budget of batches and streams holds; null: as many as the other.</summary>
    [Range(1, 1_000_000_000)]
    public int? BatchUnknownBurst { get; init; }

    /// <summary>Streams open at the same time.</summary>
    [Range(1, 10_000)]
    public int ConcurrentStreams { get; init; } = 8;

    /// <summary>Wrong identity numbers and card editions for one permit in a day.</summary>
    [Range(1, 1_000)]
    public int WrongGuessesPerDay { get; init; } = 5;

    /// <summary>Permits with wrong guesses that are kept in mind; beyond them guesses are refused, not forgotten.</summary>
    [Range(1, 10_000_000)]
    public int TrackedPermits { get; init; } = 10_000;

    /// <summary>Whether it may send batches and streams.</summary>
    public bool Batches { get; init; } = true;

    /// <summary>Unknown numbers that are added each minute to the budget of batches and streams.</summary>
    public int UnknownPerMinuteOfBatches => BatchUnknownPerMinute ?? UnknownPerMinute;

    /// <summary>The most unknown numbers that the budget of batches and streams holds.</summary>
    public int UnknownBurstOfBatches => BatchUnknownBurst ?? UnknownBurst;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Batches && CheckBurst < MessageBounds.MaxChecks)
        {
            yield return new(
                $"must be at least {MessageBounds.MaxChecks}, the checks of a batch, unless Batches is false.", [nameof(CheckBurst)]);
        }
    }
}
