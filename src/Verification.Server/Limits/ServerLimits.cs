using System.ComponentModel.DataAnnotations;

namespace Verification.Server.Limits;

/// <summary>What this node does at most, whoever asks: the configuration section <c>Verification:Limits</c>.</summary>
internal sealed class ServerLimits : IValidatableObject
{
    /// <summary>Checks whose permits are being looked up; more are refused at once.</summary>
    [Range(2_000, 10_000_000)]
    public int ChecksInFlight { get; set; } = 20_000;

    /// <summary>The part of them, in percent, that batches and streams may take: the rest is kept for single checks.</summary>
    [Range(1, 99)]
    public int BatchShare { get; set; } = 75;

    /// <summary>How long a call may wait for the registry that has no deadline of its own, in seconds.</summary>
    [Range(1, 3_600)]
    public int LookupSeconds { get; set; } = 10;

    /// <summary>The largest message of a verification call, in bytes.</summary>
    [Range(256 * 1024, 64 * 1024 * 1024)]
    public int VerificationMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest message of a registrar's call, in bytes.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int RegistryMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Connections at the same time; more are closed as they come.</summary>
    [Range(1, 10_000_000)]
    public int Connections { get; set; } = 20_000;

    /// <summary>Streams at the same time on one HTTP/2 connection.</summary>
    [Range(1, 10_000)]
    public int StreamsPerConnection { get; set; } = 100;

    /// <summary>The headers of one request, in bytes.</summary>
    [Range(4 * 1024, 1024 * 1024)]
    public int HeaderBytes { get; set; } = 16 * 1024;

    /// <summary>How long headers may take to arrive, in seconds.</summary>
    [Range(1, 3_600)]
    public int HeaderSeconds { get; set; } = 10;

    /// <summary>How old a connection may become before its peer is asked to make another, in minutes.</summary>
    [Range(1, 7 * 24 * 60)]
    public int ConnectionMinutes { get; set; } = 30;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ChecksInFlight * (long)BatchShare / 100 < MessageBounds.MaxChecks)
        {
            yield return new($"leaves less than one batch of {MessageBounds.MaxChecks} checks.", [nameof(BatchShare)]);
        }
    }
}
